package dev.aeon.sp.transport.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.wire.ProtocolNumber;
import java.security.SecureRandom;
import java.util.Random;

/** A dialer and a listener with a network between them. */
final class SessionFixture {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000_000_000;
  static final DatagramSettings SETTINGS =
      new DatagramSettings(16 << 20, 10 * SECOND, SECOND, 30 * SECOND, false, 8 << 10, null);

  final SimulatedNetwork network;
  final SimulatedHost dialer;
  final SimulatedHost listener;
  SimulatedNetwork.SimulatedCarrier dialerCarrier;
  SimulatedNetwork.SimulatedCarrier listenerCarrier;
  DatagramEndpoint endpoint;
  private final SecureRandom random = new SeededRandom();

  SessionFixture(long seed) {
    this(seed, ProtocolNumber.PAIR0);
  }

  SessionFixture(long seed, ProtocolNumber dialing) {
    network = new SimulatedNetwork(seed);
    dialer = new SimulatedHost(network.time, dialing);
    listener = new SimulatedHost(network.time, ProtocolNumber.PAIR0);
  }

  /** The same sessions each time, so that a failure comes again. */
  private static final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final Random seeded = new Random(7);

    @Override
    public long nextLong() {
      return seeded.nextLong();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      seeded.nextBytes(bytes);
    }
  }

  private record Names(PeerAddress self) implements PeerNames {
    @Override
    public String of(PeerAddress peer) {
      return "sim://" + peer.port();
    }

    @Override
    public String local() {
      return of(self);
    }
  }

  SessionFixture listen(DatagramSettings settings) {
    listenerCarrier = network.open();
    endpoint =
        DatagramEndpoint.listen(
            listener, listenerCarrier, settings, names(listenerCarrier), random);
    return this;
  }

  SessionFixture dial(DatagramSettings settings) {
    dialerCarrier = network.open();
    DatagramEndpoint.dial(dialer, settings, random)
        .connecting(dialerCarrier, listenerCarrier.address, names(dialerCarrier));
    return this;
  }

  private static PeerNames names(SimulatedNetwork.SimulatedCarrier carrier) {
    return new Names(carrier.address);
  }

  SessionFixture connect(DatagramSettings settings) {
    listen(settings).dial(settings).run(10 * SECOND);
    assertThat(dialer.said).containsExactly("opened");
    assertThat(listener.said).containsExactly("opened");
    return this;
  }

  void run(long nanos) {
    network.time.advance(nanos);
  }

  /** A body that tells its number at every place. */
  static byte[] body(int number, int byteSize) {
    byte[] body = new byte[byteSize];
    new Random(number).nextBytes(body);
    return body;
  }
}
