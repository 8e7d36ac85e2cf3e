package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.posix.FilterInstruction;
import java.util.List;

/**
 * The kernel's filter of a raw socket, so that a process wakes for packets of its own port alone:
 * every raw socket of a protocol number is handed every packet of it.
 */
final class PortFilter {
  // linux/bpf_common.h: class, size and mode of an instruction, added up.
  private static final int LOAD_HEADER_BYTE_SIZE_INTO_X = 0x01 | 0x10 | 0xa0; // LDX B MSH
  private static final int LOAD_HALF_FROM_X = 0x08 | 0x40; // LD H IND
  private static final int LOAD_HALF = 0x08 | 0x20; // LD H ABS
  private static final int JUMP_IF_EQUAL = 0x05 | 0x10; // JMP JEQ K
  private static final int RETURN = 0x06; // RET K
  private static final int WHOLE_PACKET = -1;
  private static final int NOTHING = 0;

  private PortFilter() {}

  /** Admits packets for one port; IPv4 packets begin with their IP header there. */
  static List<FilterInstruction> of(int port, boolean isIpv4) {
    int offset = RawForm.DESTINATION_PORT_BYTE_OFFSET;
    FilterInstruction loadHeaderSize = FilterInstruction.of(LOAD_HEADER_BYTE_SIZE_INTO_X, 0);
    FilterInstruction admitPort = new FilterInstruction(JUMP_IF_EQUAL, 0, 1, port);
    FilterInstruction admit = FilterInstruction.of(RETURN, WHOLE_PACKET);
    FilterInstruction drop = FilterInstruction.of(RETURN, NOTHING);
    return isIpv4
        ? List.of(
            loadHeaderSize, FilterInstruction.of(LOAD_HALF_FROM_X, offset), admitPort, admit, drop)
        : List.of(FilterInstruction.of(LOAD_HALF, offset), admitPort, admit, drop);
  }
}
