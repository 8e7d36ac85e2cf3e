package dev.aeon.sp.core;

import dev.aeon.sp.transport.CloseReason;
import java.util.Map;

/** A snapshot of {@link Counters}. */
public record CoreStatistics(
    long openPipeCount,
    long pipesOpened,
    long sent,
    long received,
    long dropped,
    Map<CloseReason, Long> closesByReason) {}
