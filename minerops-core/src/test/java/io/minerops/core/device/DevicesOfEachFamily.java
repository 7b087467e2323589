package io.minerops.core.device;

import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.wire.FakeWhatsminer;
import java.util.List;
import java.util.Map;

/** Whole replies of a device of each family, to be spoiled by tests. */
public final class DevicesOfEachFamily {
    private DevicesOfEachFamily() {}

    public static List<Map<String, String>> all() {
        return List.of(
                whatsminer(),
                FakeWhatsminer.replies(),
                sealminer(),
                auradine(),
                innosilicon(),
                strongU(),
                goldshell(),
                iceriver());
    }

    private static Map<String, String> whatsminer() {
        return Map.of(
                "summary",
                Replies.section(
                        "SUMMARY",
                        "{\"Elapsed\":7200,\"MHS av\":125000000,\"MHS 1m\":124000000,\"HS RT\":124500000,"
                                + "\"Factory GHS\":126000,\"Fan Speed In\":5400,\"Fan Speed Out\":5280,\"Power\":3200,"
                                + "\"Hardware Errors\":9,\"Chip Temp Max\":80,\"MAC\":\"02:00:5E:00:53:0A\"}"),
                "devs",
                Replies.section(
                        "DEVS",
                        "{\"Status\":\"Alive\",\"Effective Chips\":135,\"Temperature\":60,\"Chip Temp Avg\":70,"
                                + "\"Chip Temp Max\":81},{\"Status\":\"Alive\",\"Effective Chips\":130}"),
                "stats",
                Replies.section("STATS", "{\"ID\":\"SM0\",\"temp_1\":75.0,\"chain_num\":3,\"ok_chips\":62}"),
                "pools",
                Replies.pools(),
                "status",
                "{\"STATUS\":\"S\",\"When\":1,\"Code\":131,\"Msg\":{\"mineroff\":\"false\"},\"Description\":\"\"}",
                "devdetails",
                Replies.section("DEVDETAILS", "{\"Model\":\"M50SVH50\"}"));
    }

    private static Map<String, String> sealminer() {
        return Map.of(
                "version",
                Replies.section("VERSION", "{\"API\":\"3.7\",\"BDMiner\":\"4.11.1\"}"),
                "summary",
                Replies.section(
                        "SUMMARY", "{\"Elapsed\":2481,\"MHS av\":206000000,\"MHS 1m\":198000000,\"Accepted\":1}"),
                "stats",
                Replies.section(
                        "STATS",
                        "{\"Elapsed\":2481,\"Model\":\"A2\",\"Board Count\":3,\"0 Chip Count\":153,\"0 Bad Chip Count\":3,"
                                + "\"0 Online\":true,\"0 Temp 0\":50,\"0 Speed\":3700,\"PSU Input Power\":3500}"));
    }

    private static Map<String, String> auradine() {
        return Map.of(
                "version",
                Replies.section("VERSION", "{\"API\":\"1.0\",\"GCMiner\":\"0.5\"}"),
                "summary",
                Replies.section("SUMMARY", "{\"Elapsed\":5,\"MHS 5s\":250000000.5,\"MHS av\":248000000}"),
                "devs",
                Replies.section("DEVS", "{\"Status\":\"Alive\"},{\"Status\":\"Alive\"}"),
                "asccount",
                Replies.section("ASCCount", "{\"AsicCount\":264,\"BoardCount\":3}"),
                "/psu",
                Replies.section("PSU", "{\"PowerIn\":4000}"),
                "/fan",
                Replies.section("Fan", "{\"Speed\":7080},{\"Speed\":7020}"),
                "/temperature",
                Replies.section(
                        "Temperature",
                        "{\"Name\":\"Hash Board 1\",\"ChipTemp\":[{\"Temperature\":60},{\"Temperature\":64}]}"));
    }

    private static Map<String, String> innosilicon() {
        return Map.of(
                "summary",
                Replies.section("SUMMARY", "{\"Elapsed\":5,\"MHS av\":43000000,\"MHS 1m\":42000000}")
                        .replace("cgminer 1.0.0", "innominer t3-1.1.0"),
                "stats",
                Replies.section("STATS", "{\"Num chips\":66,\"Num active chips\":66,\"Temp\":62,\"Fan duty\":35}")
                        .replace("cgminer 1.0.0", "innominer t3-1.1.0"));
    }

    private static Map<String, String> strongU() {
        return Map.of(
                "summary",
                Replies.section(
                        "SUMMARY",
                        "{\"Elapsed\":5,\"MHS av\":74000000,\"MHS 5s\":73000000,\"Miner type\":\"btc\",\"Fan Num\":2,\"Fan1\":7800}"),
                "devs",
                Replies.section("DEVS", "{\"Name\":\"h8\",\"Status\":\"Alive\",\"Temperature\":54,\"ChipNum\":70}"));
    }

    private static Map<String, String> goldshell() {
        return Map.of(
                "version",
                Replies.section("VERSION", "{\"Miner\":\"bfgminer 5.4.2\"}").replace("cgminer 1.0.0", "bfgminer 5.4.2"),
                "summary",
                Replies.section("SUMMARY", "{\"Elapsed\":5,\"MHS av\":6000000,\"MHS 20s\":6100000}"),
                "devs",
                Replies.section("DEVS", "{\"Status\":\"Alive\",\"tstemp-0\":70,\"tstemp-2\":60,\"fan0\":1800}"));
    }

    private static Map<String, String> iceriver() {
        return Map.of(
                "summary",
                Replies.summary(6_000),
                "stats",
                Replies.stats("Iceriver KS3M", "\"GHS 5s\":6000,\"fan1\":3000,\"fan_num\":1,\"temp1\":55"));
    }
}
