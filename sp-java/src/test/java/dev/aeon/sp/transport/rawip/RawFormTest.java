package dev.aeon.sp.transport.rawip;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RawFormTest {
  private static final int PORT = 0x0102;
  private static final String IPV4 = "4500001c00004000" + "40fd0000" + "7f0000017f000001";
  private static final String PORTS = "03040102";

  private final RawForm ipv4 = new RawForm(true, PORT);
  private final RawForm ipv6 = new RawForm(false, PORT);

  private static MemorySegment bytes(String hex) {
    return MemorySegment.ofArray(HexFormat.of().parseHex(hex));
  }

  private static int prefix(RawForm form, MemorySegment packet) {
    return form.receivedPrefixByteSize(packet, 0, (int) packet.byteSize());
  }

  private static MemorySegment with(int index, int value) {
    MemorySegment packet = bytes(IPV4 + PORTS + "aabbccdd");
    packet.set(java.lang.foreign.ValueLayout.JAVA_BYTE, index, (byte) value);
    return packet;
  }

  @Test
  void ipv4Packet_whole_beginsBehindHeaderAndPorts() {
    MemorySegment packet = bytes(IPV4 + PORTS + "aabbccdd");
    assertThat(prefix(ipv4, packet)).isEqualTo(24);
    assertThat(ipv4.sourcePort(packet, 24, 0)).isEqualTo(0x0304);
  }

  @Test
  void ipv6Packet_whole_beginsBehindItsPorts() {
    assertThat(prefix(ipv6, bytes(PORTS + "aa"))).isEqualTo(4);
    assertThat(prefix(ipv6, bytes(PORTS))).isEqualTo(4);
  }

  @Test
  void packet_truncatedAnywhere_isDropped() {
    MemorySegment whole = bytes(IPV4 + PORTS + "aabbccdd");
    for (int size = 0; size < whole.byteSize(); size++) {
      assertThat(ipv4.receivedPrefixByteSize(whole, 0, size)).as("size=" + size).isNegative();
    }
    for (int size = 0; size < 4; size++) {
      assertThat(ipv6.receivedPrefixByteSize(whole, 0, size)).as("size=" + size).isNegative();
    }
  }

  @Test
  void packet_ofAnotherVersionOrHeaderSize_isDropped() {
    assertThat(prefix(ipv4, with(0, 0x65))).isNegative();
    assertThat(prefix(ipv4, with(0, 0x44))).isNegative();
    assertThat(prefix(ipv4, with(0, 0x4f))).isNegative();
    assertThat(prefix(ipv4, with(3, 0x1d))).isNegative();
  }

  @Test
  void fragment_ofAPacket_isDropped() {
    assertThat(prefix(ipv4, with(6, 0x20))).isNegative();
    assertThat(prefix(ipv4, with(7, 1))).isNegative();
  }

  @Test
  void packet_forAnotherPort_isDropped() {
    assertThat(prefix(ipv4, with(23, 3))).isNegative();
    assertThat(prefix(ipv6, bytes("03040103"))).isNegative();
  }

  @Test
  void packet_ofAnyBytes_neverHasAPrefixAboveItsSize() {
    long seed = Long.getLong("aeon.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 100_000; round++) {
      byte[] packet = new byte[random.nextInt(80)];
      random.nextBytes(packet);
      if (packet.length > 0 && random.nextBoolean()) {
        packet[0] = (byte) (0x40 | random.nextInt(16));
      }
      assertThat(prefix(ipv4, MemorySegment.ofArray(packet)))
          .as("seed=" + seed)
          .isLessThanOrEqualTo(packet.length);
    }
  }
}
