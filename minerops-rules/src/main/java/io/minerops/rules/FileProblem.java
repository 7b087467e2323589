package io.minerops.rules;

/**
 * One thing that is wrong with a file.
 *
 * @param file the file as it was named
 * @param line the line, from 1; 0 where the whole file is at fault
 * @param column the column, from 1; 0 where the whole file is at fault
 * @param message what is wrong, the value, and what would be accepted; never a secret
 */
public record FileProblem(String file, int line, int column, String message) {
    /** {@code file:line: message}, as editors and terminals make it a link. */
    @Override
    public String toString() {
        return line == 0 ? file + ": " + message : file + ":" + line + ": " + message;
    }
}
