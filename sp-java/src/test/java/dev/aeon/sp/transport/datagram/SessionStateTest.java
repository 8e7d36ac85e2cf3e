package dev.aeon.sp.transport.datagram;

import static dev.aeon.sp.transport.datagram.SessionFixture.MILLI;
import static dev.aeon.sp.transport.datagram.SessionFixture.SECOND;
import static dev.aeon.sp.transport.datagram.SessionFixture.SETTINGS;
import static dev.aeon.sp.transport.datagram.SessionFixture.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every kind of packet does in every state of a dialed session. */
class SessionStateTest {
  private static final int PAIR0 = 0x10;
  private static final int CONTENT_BYTE_SIZE = 24;
  private static final long PEER_SESSION = 4_711;

  private final SessionFixture fixture = new SessionFixture(9);
  private final MemorySegment memory = Arena.ofAuto().allocate(256);

  enum State {
    GREETING,
    OPEN,
    DRAINING,
    CLOSED
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GREETING, 1, ''",
    "GREETING, 2, ''",
    "GREETING, 3, opened",
    "GREETING, 4, ''",
    "GREETING, 5, ''",
    "GREETING, 6, ''",
    "GREETING, 7, closed CONNECT_FAILED",
    "GREETING, 8, ''",
    "GREETING, 31, ''",
    "OPEN, 1, opened",
    "OPEN, 2, opened",
    "OPEN, 3, opened",
    "OPEN, 4, opened",
    "OPEN, 5, opened",
    "OPEN, 6, opened; closed PEER_CLOSED",
    "OPEN, 7, opened; closed PEER_CLOSED",
    "OPEN, 8, opened",
    "OPEN, 31, opened",
    "DRAINING, 1, opened",
    "DRAINING, 2, opened",
    "DRAINING, 3, opened",
    "DRAINING, 4, opened",
    "DRAINING, 5, opened",
    "DRAINING, 6, opened",
    "DRAINING, 7, opened",
    "DRAINING, 8, opened",
    "DRAINING, 31, opened",
    "CLOSED, 1, opened",
    "CLOSED, 2, opened",
    "CLOSED, 3, opened",
    "CLOSED, 4, opened",
    "CLOSED, 5, opened",
    "CLOSED, 6, opened",
    "CLOSED, 7, opened",
    "CLOSED, 8, opened",
    "CLOSED, 31, opened"
  })
  void packet_ofAnyKind_doesWhatItsStateSays(State state, int kind, String said) {
    reach(state);
    long session = dialerSession();
    // The peer would end the session that acknowledges what the peer never sent.
    fixture.network.isDark = true;
    fixture.network.deliver(
        fixture.listenerCarrier.address, fixture.dialerCarrier.address, packet(kind, session));
    fixture.run(50 * MILLI);
    assertThat(String.join("; ", fixture.dialer.said)).isEqualTo(said);
  }

  private void reach(State state) {
    fixture.dialer.isTaking = false;
    switch (state) {
      case GREETING -> {
        fixture.listen(SETTINGS);
        fixture.endpoint.close();
        fixture.dial(SETTINGS);
      }
      case OPEN -> fixture.connect(SETTINGS);
      case DRAINING -> {
        fixture.connect(SETTINGS);
        fixture.listener.send(body(1, 10));
        fixture.run(SECOND);
        fixture.listener.pipe.close();
        fixture.run(SECOND);
      }
      case CLOSED -> {
        fixture.connect(SETTINGS);
        fixture.dialer.pipe.close();
      }
    }
  }

  /** As its first packet, a HELLO, names it. */
  private long dialerSession() {
    MemorySegment hello = MemorySegment.ofArray(fixture.dialerCarrier.sent.getFirst());
    return Greeting.read(hello, PacketLayout.BYTE_SIZE).session();
  }

  /** Content of all zeros is a sound part, an end by the application, and a cookie like any. */
  private byte[] packet(int kind, long session) {
    memory.fill((byte) 0);
    if (kind == PacketLayout.HELLO || kind == PacketLayout.WELCOME) {
      new Greeting(PEER_SESSION, 1_000, 1).write(memory, PacketLayout.BYTE_SIZE);
    }
    PacketLayout.write(memory, 0, kind | PacketLayout.WANTS_ACK, PAIR0, session, 1_000);
    int byteSize = new ChecksumGuard().seal(memory, 0, PacketLayout.BYTE_SIZE + CONTENT_BYTE_SIZE);
    return memory.asSlice(0, byteSize).toArray(ValueLayout.JAVA_BYTE);
  }
}
