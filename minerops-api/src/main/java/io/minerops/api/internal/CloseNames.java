package io.minerops.api.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names that a misspelt one may stand for. */
public final class CloseNames {
    /** The most names that are offered. */
    private static final int MOST = 3;

    private CloseNames() {}

    /** The known names within a third of the name's length in edits, nearest first, at most three. */
    public static List<String> of(String name, Collection<String> known) {
        String wanted = name.toUpperCase(Locale.ROOT);
        int furthest = Math.max(2, wanted.length() / 3);
        return known.stream()
                .filter(candidate -> distance(wanted, candidate.toUpperCase(Locale.ROOT)) <= furthest)
                .sorted(Comparator.comparingInt(
                        (String candidate) -> distance(wanted, candidate.toUpperCase(Locale.ROOT))))
                .limit(MOST)
                .toList();
    }

    /** The edit distance of Levenshtein. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
