package com.example

import io.minerops.core.MinerOps
import io.minerops.core.discovery.MinerRange
import io.minerops.core.alert.DefaultRules
import io.minerops.sqlite.SqliteStore
import java.nio.file.Path

/** Monitors a range of addresses. */
fun watch(database: Path, range: String): MinerOps = MinerOps.builder()
    .store(SqliteStore.open(database))
    .miners(MinerRange.parse(range))
    .rulesIfNone(DefaultRules.standard())
    .build()

/** The time of the last poll; null before the first. The annotations make the compiler demand the question mark. */
fun lastPoll(ops: MinerOps): String? = ops.lastPoll()?.at()?.toString()
