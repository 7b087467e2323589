package io.minerops.api.internal;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A few numbers by name, ordered by name. Two arrays and not a tree, because a storm of alerts holds a hundred thousand
 * of these at once, and what the collector has to copy of them is most of what a storm costs. Immutable.
 */
public final class NumbersByName extends AbstractMap<String, Double> {
    private final String[] names;
    private final double[] values;

    private NumbersByName(String[] names, double[] values) {
        this.names = names;
        this.values = values;
    }

    /** These numbers; the same object where they are one already. */
    public static NumbersByName copyOf(Map<String, Double> numbers) {
        if (numbers instanceof NumbersByName already) {
            return already;
        }
        int size = 0;
        String[] names = new String[numbers.size()];
        double[] values = new double[names.length];
        for (Map.Entry<String, Double> number : numbers.entrySet()) {
            int place = size++;
            for (; place > 0 && names[place - 1].compareTo(number.getKey()) > 0; place--) {
                names[place] = names[place - 1];
                values[place] = values[place - 1];
            }
            names[place] = number.getKey();
            values[place] = number.getValue();
        }
        return new NumbersByName(names, values);
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return place(name) >= 0;
    }

    @Override
    public @Nullable Double get(@Nullable Object name) {
        int place = place(name);
        return place < 0 ? null : values[place];
    }

    @Override
    public Set<Map.Entry<String, Double>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return names.length;
            }

            @Override
            public Iterator<Map.Entry<String, Double>> iterator() {
                return new Entries();
            }
        };
    }

    private int place(@Nullable Object name) {
        for (int place = 0; place < names.length; place++) {
            if (names[place].equals(name)) {
                return place;
            }
        }
        return -1;
    }

    private final class Entries implements Iterator<Map.Entry<String, Double>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < names.length;
        }

        @Override
        public Map.Entry<String, Double> next() {
            if (next == names.length) {
                throw new NoSuchElementException();
            }
            Map.Entry<String, Double> number = Map.entry(names[next], values[next]);
            next++;
            return number;
        }
    }
}
