package io.minerops.blocks.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Small lists and maps in one text column: an item per line, with backslash and line feed escaped. */
public final class LineCodec {
    private LineCodec() {}

    public static String of(Collection<String> items) {
        StringBuilder text = new StringBuilder();
        for (String item : items) {
            text.append(item.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
        }
        return text.toString();
    }

    public static List<String> list(String text) {
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                items.add(item.toString());
                item.setLength(0);
            } else if (c == '\\') {
                i++;
                item.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            } else {
                item.append(c);
            }
        }
        return items;
    }

    /** Numbers by name: the number, a space, the name. */
    public static String of(Map<String, Double> numbers) {
        List<String> items = new ArrayList<>(numbers.size());
        numbers.forEach((name, value) -> items.add(value + " " + name));
        return of(items);
    }

    /** Words by name: each the name, a space, the word; a name has no space. */
    public static String ofWords(Map<String, List<String>> words) {
        List<String> items = new ArrayList<>();
        words.forEach((name, all) -> all.forEach(word -> items.add(name + " " + word)));
        return of(items);
    }

    public static Map<String, List<String>> words(String text) {
        Map<String, List<String>> words = new TreeMap<>();
        for (String item : list(text)) {
            int space = item.indexOf(' ');
            words.computeIfAbsent(item.substring(0, space), name -> new ArrayList<>())
                    .add(item.substring(space + 1));
        }
        return words;
    }

    public static Map<String, Double> numbers(String text) {
        Map<String, Double> numbers = new TreeMap<>();
        for (String item : list(text)) {
            int space = item.indexOf(' ');
            numbers.put(item.substring(space + 1), Double.valueOf(item.substring(0, space)));
        }
        return numbers;
    }
}
