package dev.aeon.apm;

import dev.aeon.apm.channel.Quarantine;
import java.time.InstantSource;
import org.slf4j.LoggerFactory;

/**
 * What a bus is given from outside.
 *
 * @param clock what timestamps are read from
 * @param quarantine keeps input that is no message
 */
public record BusOptions(InstantSource clock, Quarantine quarantine) {
  /** The system's clock, and a quarantine that only logs. */
  public static BusOptions defaults() {
    return new BusOptions(
        InstantSource.system(),
        input ->
            LoggerFactory.getLogger(Quarantine.class)
                .warn(
                    "not a message: source={} byteSize={} violations={}",
                    input.source(),
                    input.byteSize(),
                    input.violations()));
  }

  public BusOptions withClock(InstantSource clock) {
    return new BusOptions(clock, quarantine);
  }

  public BusOptions withQuarantine(Quarantine quarantine) {
    return new BusOptions(clock, quarantine);
  }
}
