package io.minerops.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rows of texts with columns as wide as their widest cell. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();
    private final Set<Integer> right;
    private final int[] widths;

    /**
     * A table with these heads.
     *
     * @param right the columns, from 0, whose cells end below each other, as numbers do
     */
    public TextTable(List<String> heads, Set<Integer> right) {
        this.right = Set.copyOf(right);
        widths = new int[heads.size()];
        row(heads);
    }

    /** Adds a row of as many cells as there are heads. */
    public TextTable row(List<String> cells) {
        rows.add(List.copyOf(cells));
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], cells.get(column).length());
        }
        return this;
    }

    /** The rows as lines, each with its end. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                String padding = " ".repeat(widths[column] - cell.length());
                line.append(right.contains(column) ? padding + cell : cell + padding)
                        .append("  ");
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }
}
