package io.minerops.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    private static final String ONE = "alice-0123456789abcdef0123456789";
    private static final String TWO = "board-0123456789abcdef0123456789";

    @TempDir
    private Path folder;

    @Test
    void a_line_is_a_right_a_name_and_a_token() throws IOException {
        List<AccessToken> tokens = TokenFile.read(
                file("# who may come in\n\noperate alice " + ONE + "\n  read\twall.board  " + TWO + "\r\n"));

        assertThat(tokens).extracting(AccessToken::name).containsExactly("alice", "wall.board");
        assertThat(tokens).extracting(AccessToken::right).containsExactly(Role.OPERATE, Role.READ);
    }

    @Test
    void every_fault_is_reported_with_its_line_and_without_a_token() throws IOException {
        List<String> faults = faults("operate alice " + ONE + "\n"
                + "operate " + TWO + "\n"
                + TWO + " read bob\n"
                + "read bob too-short\n"
                + "read alice " + TWO + "\n"
                + "read carol " + ONE + "\n"
                + "read -dan " + ONE + "x\n"
                + "read erin schl\u00fcssel-0123456789abcdef0123\n");

        assertThat(faults).hasSize(7);
        assertThat(faults.get(0)).contains("line 2").contains("2 words");
        assertThat(faults.get(1)).contains("line 3").contains("read or operate");
        assertThat(faults.get(2)).contains("line 4").contains("9 characters").contains("24 to 1024");
        assertThat(faults.get(3)).contains("line 5").contains("the name \"alice\" of line 1");
        assertThat(faults.get(4)).contains("line 6").contains("the token of line 1");
        assertThat(faults.get(5)).contains("line 7").contains("name");
        assertThat(faults.get(6)).contains("line 8").contains("ASCII");
        assertThat(faults)
                .allSatisfy(fault -> assertThat(fault)
                        .doesNotContain(ONE)
                        .doesNotContain(TWO)
                        .doesNotContain("too-short")
                        .doesNotContain("schl"));
    }

    @Test
    void a_file_without_a_token_locks_everybody_out_and_is_refused() throws IOException {
        assertThat(faults("# nobody yet\n")).singleElement().asString().contains("holds no token");
    }

    @Test
    void a_missing_file_is_reported_by_its_name() {
        Path missing = folder.resolve("none");

        TokenFileException refusal = catchThrowableOfType(TokenFileException.class, () -> TokenFile.read(missing));

        assertThat(refusal).hasMessage(missing + " is not there");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_file_that_others_can_read_is_refused() throws IOException {
        Path file = file("operate alice " + ONE + "\n");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(catchThrowableOfType(TokenFileException.class, () -> TokenFile.read(file)))
                .hasMessageContaining("by others")
                .hasMessageContaining("chmod");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(TokenFile.read(file)).hasSize(1);
    }

    @Test
    void bytes_that_are_no_text_are_refused() throws IOException {
        Path file = file("");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThat(catchThrowableOfType(TokenFileException.class, () -> TokenFile.read(file)))
                .hasMessageContaining("is not UTF-8");
    }

    private List<String> faults(String text) throws IOException {
        Path file = file(text);
        TokenFileException refusal = catchThrowableOfType(TokenFileException.class, () -> TokenFile.read(file));
        assertThat(refusal).isNotNull();
        return refusal.faults();
    }

    private Path file(String text) throws IOException {
        return TokenFiles.write(folder.resolve("tokens"), text);
    }
}
