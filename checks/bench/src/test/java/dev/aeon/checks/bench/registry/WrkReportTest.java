package dev.aeon.checks.bench.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WrkReportTest {
  private static final String REPORT =
      """
      Running 4s test @ http://127.0.0.1:8080/modules
        1 threads and 8 connections
        Thread Stats   Avg      Stdev     Max   +/- Stdev
          Latency    19.20ms    6.51ms  65.60ms   79.84%
          Req/Sec   418.20     41.71   510.00     67.50%
        Latency Distribution
           50%  950.00us
           75%   22.07ms
           90%   26.53ms
           99%    1.02s
        1667 requests in 4.00s, 1.13MB read
      Requests/sec:    416.31
      Transfer/sec:    288.62KB
      """;

  @Test
  void report_always_hasRateAndLatenciesInMilliseconds() throws IOException {
    assertThat(WrkReport.parse(REPORT)).isEqualTo(new WrkReport(416.31, 0.95, 1020));
  }

  @Test
  void report_ofRequestsThatFailed_isRefused() {
    assertThatThrownBy(() -> WrkReport.parse(REPORT + "  Non-2xx or 3xx responses: 3\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Non-2xx");
    assertThatThrownBy(
            () -> WrkReport.parse(REPORT + "  Socket errors: connect 0, read 1, write 0\n"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void report_withoutFigures_isRefused() {
    assertThatThrownBy(() -> WrkReport.parse("unable to connect to 127.0.0.1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unable to connect");
  }
}
