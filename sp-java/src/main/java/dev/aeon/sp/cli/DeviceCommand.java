package dev.aeon.sp.cli;

import dev.aeon.sp.Endpoint;
import dev.aeon.sp.RawSocket;
import dev.aeon.sp.SpException;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SpProtocol;
import dev.aeon.sp.device.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sp device}: forwards between two sockets until it is ended. */
@Command(
    name = "device",
    mixinStandardHelpOptions = true,
    description = {
      "Forwards messages between two sockets until it is ended.",
      "The front faces those who ask, push or publish; the back those who answer, pull or subscribe."
    })
final class DeviceCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "PATTERN", description = "${COMPLETION-CANDIDATES}")
  private PatternName pattern = PatternName.REQREP;

  @Option(names = "--front-listen", paramLabel = "URL", description = "where the front is bound")
  private List<String> frontListen = new ArrayList<>();

  @Option(names = "--front-dial", paramLabel = "URL", description = "what the front connects to")
  private List<String> frontDial = new ArrayList<>();

  @Option(names = "--back-listen", paramLabel = "URL", description = "where the back is bound")
  private List<String> backListen = new ArrayList<>();

  @Option(names = "--back-dial", paramLabel = "URL", description = "what the back connects to")
  private List<String> backDial = new ArrayList<>();

  @Option(
      names = "--reflect",
      description = "has no back: sends what arrives back (pair, pair1, bus)")
  private boolean reflects;

  @Option(
      names = "--max-hops",
      paramLabel = "N",
      description = "drops what has come over more devices (reqrep, survey, pair1); 1 to 15")
  private @Nullable Integer maxHops;

  @Option(
      names = "--recv-maxsz",
      paramLabel = "BYTES",
      description = "largest message to forward, 0 for any size")
  private @Nullable Long maxReceiveSize;

  @Option(
      names = {"-v", "--verbose"},
      description = "says which addresses are used")
  private boolean verbose;

  DeviceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    check();
    RawSocket front = open(pattern.server);
    RawSocket back = reflects ? front : open(pattern.client);
    try (Device device = Device.between(front, back);
        EndOfProcess _ = EndOfProcess.closes(device)) {
      attach(front, frontListen, frontDial);
      attach(back, backListen, backDial);
      device.join();
    }
    return 0;
  }

  private void check() {
    if (frontListen.isEmpty() && frontDial.isEmpty()) {
      throw new FatalException("front has no address: give --front-listen or --front-dial");
    }
    boolean hasBack = !backListen.isEmpty() || !backDial.isEmpty();
    if (hasBack == reflects) {
      throw new FatalException(
          reflects
              ? "a reflector has no back: leave out --back-listen and --back-dial"
              : "back has no address: give --back-listen or --back-dial, or --reflect");
    }
    if (reflects && pattern.client != pattern.server) {
      throw new FatalException("pattern cannot be reflected: pattern=" + pattern);
    }
  }

  private RawSocket open(SpProtocol protocol) {
    RawSocket socket = RawSocket.open(protocol);
    try {
      if (maxHops != null) {
        socket.set(SpOptions.MAX_HOPS, maxHops);
      }
      if (maxReceiveSize != null) {
        socket.set(SpOptions.MAX_RECEIVE_SIZE, maxReceiveSize);
      }
      return socket;
    } catch (IllegalArgumentException e) {
      socket.close();
      throw new FatalException(String.valueOf(e.getMessage()));
    }
  }

  private void attach(RawSocket socket, List<String> listen, List<String> dial) {
    try {
      listen.forEach(url -> say("Listening at: ", socket.listen(url)));
      dial.forEach(url -> say("Connecting to: ", socket.dial(url)));
    } catch (SpException e) {
      throw new FatalException(String.valueOf(e.getMessage()));
    }
  }

  private void say(String what, Endpoint endpoint) {
    if (verbose) {
      console.text().println(what + endpoint.url());
    }
  }
}
