package io.minerops.core.device.internal.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialNumberTest {
    @ParameterizedTest
    @CsvSource({
        "0201000012345678, 0201000012345678",
        "' HB-7/A ', HB-7/A",
        "0000000000000000,",
        "N/A,",
        "<removed>,",
        "x,",
        ",",
    })
    void a_serial_number_that_is_none_is_absent(String reported, String serial) {
        assertThat(SerialNumber.parse(reported)).isEqualTo(serial);
    }
}
