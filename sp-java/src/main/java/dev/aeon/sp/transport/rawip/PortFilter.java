package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.posix.FilterInstruction;
import dev.aeon.sp.transport.datagram.PeerAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's filter of a raw socket, so that a process wakes for packets of its own ports alone:
 * every raw socket of a protocol number is handed every packet of it.
 */
final class PortFilter {
  // linux/bpf_common.h: class, size and mode of an instruction, added up.
  private static final int LOAD_HEADER_BYTE_SIZE_INTO_X = 0x01 | 0x10 | 0xa0; // LDX B MSH
  private static final int LOAD_HALF_FROM_X = 0x08 | 0x40; // LD H IND
  private static final int LOAD_HALF = 0x08 | 0x20; // LD H ABS
  private static final int LOAD_WORD = 0x20; // LD W ABS
  private static final int JUMP_IF_EQUAL = 0x05 | 0x10; // JMP JEQ K
  private static final int JUMP_IF_GREATER = 0x05 | 0x20; // JMP JGT K
  private static final int JUMP_IF_AT_LEAST = 0x05 | 0x30; // JMP JGE K
  private static final int RETURN = 0x06; // RET K
  private static final int WHOLE_PACKET = -1;
  private static final int NOTHING = 0;

  /** linux/filter.h: offsets from here on count from the IP header, where it is not seen too. */
  private static final int IP_HEADER = -0x10_0000;

  private static final int IPV4_SENDER = 12;
  private static final int IPV6_SENDER = 8;

  /** Kernels hold 20,480 bytes of options a socket, and 16 of each instruction and more. */
  private static final int MAX_INSTRUCTIONS = 400;

  private PortFilter() {}

  /**
   * Who may send to a port.
   *
   * @param from anybody where null
   */
  record Wanted(int port, @Nullable PeerAddress from) {}

  /**
   * Admits what is wanted and, where that is more than the kernel takes a program for, other
   * packets of the same ports, or even of ports between them.
   */
  static List<FilterInstruction> of(Collection<Wanted> all, boolean isIpv4) {
    List<FilterInstruction> exact = program(all, isIpv4, true);
    if (exact.size() <= MAX_INSTRUCTIONS) {
      return exact;
    }
    List<FilterInstruction> ports = program(all, isIpv4, false);
    return ports.size() <= MAX_INSTRUCTIONS ? ports : span(all, isIpv4);
  }

  private static List<FilterInstruction> program(
      Collection<Wanted> all, boolean isIpv4, boolean namesSenders) {
    List<FilterInstruction> program = loadingPort(isIpv4);
    for (Wanted each : all) {
      PeerAddress from = each.from();
      List<FilterInstruction> admit =
          namesSenders && from != null ? from(from.address(), isIpv4) : admitting();
      program.add(new FilterInstruction(JUMP_IF_EQUAL, 0, admit.size(), each.port()));
      program.addAll(admit);
    }
    program.add(FilterInstruction.of(RETURN, NOTHING));
    return program;
  }

  /** IPv4 packets begin with their IP header here, others behind it. */
  private static List<FilterInstruction> loadingPort(boolean isIpv4) {
    int offset = RawForm.DESTINATION_PORT_BYTE_OFFSET;
    List<FilterInstruction> program = new ArrayList<>();
    if (isIpv4) {
      program.add(FilterInstruction.of(LOAD_HEADER_BYTE_SIZE_INTO_X, 0));
      program.add(FilterInstruction.of(LOAD_HALF_FROM_X, offset));
    } else {
      program.add(FilterInstruction.of(LOAD_HALF, offset));
    }
    return program;
  }

  private static List<FilterInstruction> admitting() {
    return List.of(FilterInstruction.of(RETURN, WHOLE_PACKET));
  }

  private static List<FilterInstruction> from(byte[] address, boolean isIpv4) {
    ByteBuffer words = ByteBuffer.wrap(address);
    int count = address.length / Integer.BYTES;
    int begin = IP_HEADER + (isIpv4 ? IPV4_SENDER : IPV6_SENDER);
    List<FilterInstruction> program = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      program.add(FilterInstruction.of(LOAD_WORD, begin + index * Integer.BYTES));
      int toEnd = 2 * (count - 1 - index) + 1;
      program.add(new FilterInstruction(JUMP_IF_EQUAL, 0, toEnd, words.getInt()));
    }
    program.addAll(admitting());
    program.add(FilterInstruction.of(RETURN, NOTHING));
    return program;
  }

  private static List<FilterInstruction> span(Collection<Wanted> all, boolean isIpv4) {
    int first = all.stream().mapToInt(Wanted::port).min().orElse(0);
    int last = all.stream().mapToInt(Wanted::port).max().orElse(0);
    List<FilterInstruction> program = loadingPort(isIpv4);
    program.add(new FilterInstruction(JUMP_IF_AT_LEAST, 0, 2, first));
    program.add(new FilterInstruction(JUMP_IF_GREATER, 1, 0, last));
    program.addAll(admitting());
    program.add(FilterInstruction.of(RETURN, NOTHING));
    return program;
  }
}
