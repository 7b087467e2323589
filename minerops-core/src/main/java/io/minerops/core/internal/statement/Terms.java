package io.minerops.core.internal.statement;

import io.minerops.core.alert.type.Economics;
import io.minerops.core.profit.PowerPrices;
import org.jspecify.annotations.Nullable;

/**
 * What an hour is calculated by.
 *
 * @param market its market; null where its difficulty is not known
 * @param power what power costs in it
 */
public record Terms(Economics.@Nullable Basis market, PowerPrices.Now power) {}
