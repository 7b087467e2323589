package io.minerops.core.device.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.core.device.internal.model.AntminerModel.Cooling;
import java.util.Locale;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AntminerModelTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Antminer S19JPRO               | S19j Pro",
                "Antminer S19JPRO Hiveon        | S19j Pro",
                "Antminer S19JPRO+              | S19j Pro+",
                "S19J PRO                       | S19j Pro",
                "Antminer S19PRO+               | S19 Pro+",
                "Antminer S19JNOPIC             | S19j",
                "Antminer S19j88NoPIC           | S19j",
                "Antminer S19NOPIC              | S19",
                "Antminer S19x88                | S19",
                "S19-88 v.2.6.0.39              | S19",
                "Antminer S19j Pro No PIC       | S19j Pro",
                "Antminer S19K PRO              | S19k Pro",
                "Antminer S19k Pro              | S19k Pro",
                "ANTMINER S19L                  | S19L",
                "Antminer S19l                  | S19L",
                "Antminer S19A PRO              | S19a Pro",
                "Antminer S19i                  | S19i",
                "Antminer S19+                  | S19+",
                "Antminer S19 Plus              | S19+",
                "Antminer S19XP                 | S19 XP",
                "Antminer S19 XP+ Hyd.          | S19 XP+ Hyd",
                "Antminer S19 Pro Hydro         | S19 Pro Hyd",
                "Antminer S19 Pro+ Hyd.         | S19 Pro+ Hyd",
                "ANTMINER S19 HYDRO             | S19 Hyd",
                "Antminer S19e XP Hyd.          | S19e XP Hyd",
                "Antminer S21EXPHYD.            | S21e XP Hyd",
                "Antminer S21+ Hyd              | S21+ Hyd",
                "Antminer S21++                 | S21++",
                "Antminer S21 XP+ Hyd           | S21 XP+ Hyd",
                "Antminer S21j XP Hyd           | S21j XP Hyd",
                "Antminer S21 Immersion         | S21 Imm",
                "Antminer S21 XP Imm.           | S21 XP Imm",
                "Antminer S21Pro                | S21 Pro",
                "bitmain antminer t21           | T21",
                "Antminer S9 SE                 | S9 SE",
                "Antminer S9SE                  | S9 SE",
                "Antminer S9\\nV1.3.58          | S9",
                "Antminer S9k                   | S9k",
                "Antminer S7-LN                 | S7",
                "Antminer T17E                  | T17e",
                "Antminer S19 AIR               | S19 Air",
                "Antminer S19j Pro Dual         | S19j Pro Dual",
                "Antminer L3++                  | L3++",
                "Antminer Z15j                  | Z15j",
                "Antminer KS5 Pro               | KS5 Pro",
                "Antminer E9Pro                 | E9 Pro",
                "Antminer S21 Pro (Vnish 1.2.7) | S21 Pro",
                "Antminer S19 Pro (HashMaster)  | S19 Pro",
                "Antminer S19 XP EX             | S19 XP",
                "Antminer S21 (SPOS)            | S21",
                "Antminer S19j Pro (7Miners 1.2.6-rc1) | S19j Pro",
            })
    void one_model_has_one_name_however_its_firmware_writes_it(String words, String name) {
        assertThat(AntminerModel.parse(words))
                .isNotNull()
                .extracting(AntminerModel::name)
                .isEqualTo("Antminer " + name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Antminer BHB42601  | S19j Pro",
                "Antminer BHB42XXX  | S19j Pro",
                "BHB42801           | S19",
                "Antminer BHB56801  | S19 XP",
                "Antminer BHB56XXX  | S19 XP",
                "ANTMINER bhb56902  | S19k Pro",
                "Antminer BHB68601  | S21",
                "Antminer BHB68606  | S21",
                "Antminer BHB68701  | T21",
                "Antminer A3HB70601 | S21 Pro",
                "Antminer HHB56XXX  | S19 XP Hyd",
            })
    void the_code_of_its_boards_names_a_model(String words, String name) {
        assertThat(AntminerModel.parse(words))
                .isNotNull()
                .extracting(AntminerModel::name)
                .isEqualTo("Antminer " + name);
    }

    @Test
    void every_model_of_the_tables_is_known_in_capitals_and_without_blanks() {
        SoftAssertions softly = new SoftAssertions();
        int models = 0;
        for (String model : AntminerEfficiency.models()) {
            for (String written : new String[] {
                model, model.toUpperCase(Locale.ROOT), model.replace(" ", ""), model.toLowerCase(Locale.ROOT)
            }) {
                softly.assertThat(nameOf("Antminer " + written)).as(written).isEqualTo("Antminer " + model);
            }
            models++;
        }
        softly.assertAll();
        assertThat(models).isGreaterThan(50);
    }

    private static @Nullable String nameOf(String words) {
        AntminerModel model = AntminerModel.parse(words);
        return model == null ? null : model.name();
    }

    @ParameterizedTest
    @CsvSource({
        "S19 Pro, AIR, 3, 29.5",
        "S19+, AIR, 3, 34.5",
        "S19j+, AIR, 3, 34.5",
        "S19L, AIR, 3, 34.5",
        "S21e, AIR, 3, 17.5",
        "S21++, AIR, 3, NaN",
        "T9, AIR, 3, 126",
        "T9+, AIR, NaN, 136",
        "T21, AIR, 3, 19",
        "S19 Hyd, WATER, 4, 34.5",
        "S19 Pro Hyd, WATER, 4, 29.5",
        "S19 Pro+ Hyd, WATER, 4, 27.5",
        "S19 XP+ Hyd, WATER, 3, 19",
        "S21 Hyd, WATER, 3, 16",
        "S21 XP Hyd, WATER, 3, 12",
        "S23 Hyd, WATER, NaN, 9.5",
        "S21 Imm, IMMERSION, NaN, 16",
        "S21 Pro Imm, IMMERSION, NaN, 15",
        "L7, AIR, NaN, NaN",
        "S99, AIR, NaN, NaN",
    })
    void a_model_has_its_cooling_boards_and_efficiency(
            String name, Cooling cooling, double boards, double joulesPerTh) {
        AntminerModel model = Objects.requireNonNull(AntminerModel.parse("Antminer " + name));

        assertThat(model.cooling()).isEqualTo(cooling);
        assertThat(model.boards()).isEqualTo(Double.valueOf(boards));
        assertThat(model.joulesPerTh()).isEqualTo(Double.valueOf(joulesPerTh));
    }

    @ParameterizedTest
    @CsvSource({"''", "x", "BHB99999", "BM1366", "Antminer", "Hiveon", "Whatsminer"})
    void no_model_is_known_where_the_words_name_none(String words) {
        assertThat(AntminerModel.parse(words)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Antminer S21 (SPOS)                   | SpiderOS",
                "Antminer S21 (SPOS 1.4)               | SpiderOS 1.4",
                "Antminer S19 Pro (HashMaster)         | HashMaster",
                "Antminer S19j Pro (7Miners 1.2.6-rc1) | 7Miners 1.2.6-rc1 (VNish)",
                "Antminer S19 XP EX                    | BitFuFu EX",
                "Antminer S19 (95T)                    | -",
                "Antminer L7 (9500M)                   | -",
                "Antminer S19j Pro (No PIC)            | -",
                "Antminer S19 (Hydro)                  | -",
                "S19j Pro (v5.1)                       | -",
                "Antminer S19                          | -",
                "Antminer S19 (                        | -",
            })
    void what_stands_in_brackets_is_the_firmware(String type, @Nullable String firmware) {
        assertThat(AntminerFirmware.find(type)).isEqualTo(firmware);
    }
}
