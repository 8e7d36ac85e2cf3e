package dev.aeon.sp.transport.rawip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.bindings.posix.DatagramBatch;
import dev.aeon.sp.transport.datagram.PeerAddress;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class RouteTableTest {
  private final RouteTable table = new RouteTable();
  private final DatagramBatch batch = new DatagramBatch(1, Arena.ofAuto());

  private static PeerAddress peer(String address, int port) {
    return PeerAddresses.of(new InetSocketAddress(InetAddress.ofLiteral(address), port));
  }

  @Test
  void peer_seenAgain_hasTheSameRoute() {
    Route first = table.of(peer("192.0.2.1", 7));
    Route other = table.of(peer("192.0.2.2", 7));
    assertThat(other).isNotSameAs(first);
    assertThat(table.of(peer("192.0.2.1", 7))).isSameAs(first);
    assertThat(table.of(peer("192.0.2.1", 8))).isNotSameAs(first);
    assertThat(table.of(peer("::1", 7)).family()).isEqualTo(Route.IPV6);
  }

  @Test
  void sender_ofAnElement_isThePeerThatIsSentTo() {
    for (String address : new String[] {"192.0.2.1", "2001:db8::1"}) {
      Route route = table.of(peer(address, 7));
      batch.setPeer(0, route.family(), 7, 0, route.high(), route.low());
      assertThat(table.ofSender(batch, 0, 7)).isSameAs(route);
      assertThat(new RouteTable().ofSender(batch, 0, 7).address()).isEqualTo(peer(address, 7));
    }
  }

  @Test
  void ipv4Address_inTheDressOfIpv6_travelsByIpv4() {
    batch.setPeer(0, Route.IPV4, 7, 0, 0, 0);
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    mapped[12] = 127;
    assertThat(table.of(new PeerAddress(mapped, 7, 0)).isIpv4()).isTrue();
    mapped[9] = 1;
    assertThat(table.of(new PeerAddress(mapped, 7, 0)).isIpv4()).isFalse();
  }

  @Test
  void peers_moreThanItHolds_areForgottenNotKept() {
    for (int number = 0; number < 3 * RouteTable.MAX_COUNT; number++) {
      batch.setPeer(0, Route.IPV4, 7, 0, number, 0);
      assertThat(table.ofSender(batch, 0, number & 0xffff).address().port())
          .isEqualTo(number & 0xffff);
      assertThat(table.count()).isLessThanOrEqualTo(RouteTable.MAX_COUNT);
    }
  }
}
