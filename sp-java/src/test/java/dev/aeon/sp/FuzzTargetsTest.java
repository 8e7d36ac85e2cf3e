package dev.aeon.sp;

import dev.aeon.sp.protocol.HeaderFuzz;
import dev.aeon.sp.transport.datagram.DatagramFuzz;
import dev.aeon.sp.transport.ws.HttpHeadFuzz;
import dev.aeon.sp.wire.FrameFuzz;
import dev.aeon.sp.wire.GreetingFuzz;
import dev.aeon.sp.wire.WebSocketFuzz;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs what {@code scripts/fuzz} runs for as long as one likes, for a moment: good inputs with some
 * bytes changed. Seeds are fixed, so that a failure comes again.
 */
class FuzzTargetsTest {
  private static final int ROUNDS = 5_000;
  private static final String UPGRADE =
      "GET /x HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

  static Stream<Arguments> targets() {
    return Stream.of(
        target("frame", FrameFuzz::fuzzerTestOneInput, hex("01030100000000000000024142")),
        target("greeting", GreetingFuzz::fuzzerTestOneInput, hex("0053500000300000")),
        target(
            "websocket",
            WebSocketFuzz::fuzzerTestOneInput,
            hex("00070282" + "01020304" + "4142" + "8980" + "01020304" + "808201020304" + "4344")),
        target("http", HttpHeadFuzz::fuzzerTestOneInput, text(UPGRADE)),
        target(
            "datagram",
            DatagramFuzz::fuzzerTestOneInput,
            hex(
                "1b4400"
                    + "0000000000000000"
                    + "0000000000000003"
                    + "414243"
                    + "0000000000000000")),
        target("header", HeaderFuzz::fuzzerTestOneInput, hex("000000000100000002800000034142")),
        target("url", UrlFuzz::fuzzerTestOneInput, text("127.0.0.1;[::1]:80/x%41")));
  }

  private static Arguments target(String name, Consumer<byte[]> target, byte[] seed) {
    return Arguments.of(name, target, seed);
  }

  private static byte[] hex(String bytes) {
    return HexFormat.of().parseHex(bytes);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void anyInput_isTakenOrRefusedAsItShould(String name, Consumer<byte[]> target, byte[] seed) {
    target.accept(seed);
    for (int end = 0; end <= seed.length; end++) {
      target.accept(Arrays.copyOf(seed, end));
    }
    Random random = new Random(name.hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      target.accept(changed(seed, random));
    }
  }

  private static byte[] changed(byte[] seed, Random random) {
    byte[] input = Arrays.copyOf(seed, random.nextInt(2 * seed.length + 1));
    for (int left = random.nextInt(6); left > 0 && input.length > 0; left--) {
      input[random.nextInt(input.length)] = (byte) random.nextInt();
    }
    return input;
  }
}
