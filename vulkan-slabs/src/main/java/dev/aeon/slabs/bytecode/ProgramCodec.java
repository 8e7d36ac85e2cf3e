package dev.aeon.slabs.bytecode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs as bytes, little-endian, so that they travel like messages:
 *
 * <pre>
 *  0               1               2               3
 * +---------------+---------------+---------------+---------------+
 * |                     magic "HRM1" 0x314d5248                   |
 * +-------------------------------+-------------------------------+
 * |           version 1           |           reserved 0          |
 * +-------------------------------+-------------------------------+
 * |                       instruction count                       |
 * +---------------------------------------------------------------+
 * |                        byte size of all                       |
 * +===============================================================+
 * |    opcode     |   flags 0     |  element F32  | operand count |   each
 * +---------------+---------------+---------------+---------------+   instruction
 * |                           immediate                           |
 * +---------------------------------------------------------------+
 * |            operands, 4 bytes each: register or handle         |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * The immediate is the function of {@code ACT}, the count of {@code TOPK}, else 0. {@code TOPK}'s
 * operands are the indices' register, the values' register and the source. Decoding verifies: bytes
 * from outside become a {@link Program} or an exception.
 */
public final class ProgramCodec {
  static final int MAGIC = 0x314d5248;
  static final int VERSION = 1;
  static final int HEADER_BYTES = 16;
  static final int INSTRUCTION_HEADER_BYTES = 8;
  static final int F32 = 1;
  private static final int MAX_BYTES =
      HEADER_BYTES + Program.MAX_INSTRUCTIONS * (INSTRUCTION_HEADER_BYTES + 3 * Integer.BYTES);

  private ProgramCodec() {}

  /** The bytes of a program. */
  public static byte[] encode(Program program) {
    int byteSize = HEADER_BYTES;
    for (Instruction instruction : program.instructions()) {
      byteSize += INSTRUCTION_HEADER_BYTES + instruction.opcode().operandCount() * Integer.BYTES;
    }
    ByteBuffer bytes = ByteBuffer.allocate(byteSize).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(MAGIC).putShort((short) VERSION).putShort((short) 0);
    bytes.putInt(program.instructions().size()).putInt(byteSize);
    program.instructions().forEach(instruction -> encode(instruction, bytes));
    return bytes.array();
  }

  private static void encode(Instruction instruction, ByteBuffer bytes) {
    switch (instruction) {
      case Instruction.Load i -> put(bytes, i, 0, i.target(), i.handle());
      case Instruction.Store i -> put(bytes, i, 0, i.handle(), i.source());
      case Instruction.Dot i -> put(bytes, i, 0, i.target(), i.left(), i.right());
      case Instruction.Sum i -> put(bytes, i, 0, i.target(), i.source());
      case Instruction.MatVec i -> put(bytes, i, 0, i.target(), i.matrix(), i.vector());
      case Instruction.Act i -> put(bytes, i, i.function().code(), i.target(), i.source());
      case Instruction.TopK i -> put(bytes, i, i.count(), i.indices(), i.values(), i.source());
    }
  }

  private static void put(
      ByteBuffer bytes, Instruction instruction, int immediate, int... operands) {
    bytes.put((byte) instruction.opcode().code()).put((byte) 0).put((byte) F32);
    bytes.put((byte) operands.length).putInt(immediate);
    for (int operand : operands) {
      bytes.putInt(operand);
    }
  }

  /**
   * Reads and verifies a program.
   *
   * @throws ByteCodeException naming what is wrong and at which byte offset
   */
  public static Program decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    int count = decodeHeader(bytes);
    List<Instruction> instructions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      instructions.add(decodeInstruction(bytes));
    }
    if (bytes.hasRemaining()) {
      throw violation("bytes follow the last instruction", bytes.position());
    }
    return Program.of(instructions);
  }

  private static int decodeHeader(ByteBuffer bytes) {
    if (bytes.limit() < HEADER_BYTES || bytes.limit() > MAX_BYTES) {
      throw violation(
          "byte-code has "
              + HEADER_BYTES
              + " to "
              + MAX_BYTES
              + " bytes, byteSize="
              + bytes.limit(),
          0);
    }
    require(bytes.getInt() == MAGIC, "not the magic of Harmonics byte-code", 0);
    require(bytes.getShort() == VERSION, "another version than " + VERSION, 4);
    require(bytes.getShort() == 0, "reserved bytes are not 0", 6);
    int count = bytes.getInt();
    require(count >= 1 && count <= Program.MAX_INSTRUCTIONS, "instruction count=" + count, 8);
    int byteSize = bytes.getInt();
    require(
        byteSize == bytes.limit(), "declared byteSize=" + byteSize + " is not the real one", 12);
    return count;
  }

  private static Instruction decodeInstruction(ByteBuffer bytes) {
    int at = bytes.position();
    require(bytes.remaining() >= INSTRUCTION_HEADER_BYTES, "truncated instruction", at);
    int code = Byte.toUnsignedInt(bytes.get());
    Opcode opcode =
        Opcode.of(code).orElseThrow(() -> violation("no such operation, opcode=" + code, at));
    require(bytes.get() == 0, "flags are not 0", at + 1);
    require(bytes.get() == F32, "element type is not F32", at + 2);
    require(bytes.get() == opcode.operandCount(), "operand count of " + opcode, at + 3);
    int immediate = bytes.getInt();
    int[] operands = new int[opcode.operandCount()];
    require(bytes.remaining() >= operands.length * Integer.BYTES, "truncated operands", at);
    for (int i = 0; i < operands.length; i++) {
      operands[i] = bytes.getInt();
    }
    return build(opcode, immediate, operands, at);
  }

  private static Instruction build(Opcode opcode, int immediate, int[] operands, int at) {
    if (opcode != Opcode.ACT && opcode != Opcode.TOPK) {
      require(immediate == 0, "immediate of " + opcode + " is not 0", at + 4);
    }
    return switch (opcode) {
      case LOAD -> new Instruction.Load(operands[0], operands[1]);
      case STORE -> new Instruction.Store(operands[0], operands[1]);
      case DOT -> new Instruction.Dot(operands[0], operands[1], operands[2]);
      case SUM -> new Instruction.Sum(operands[0], operands[1]);
      case MATVEC -> new Instruction.MatVec(operands[0], operands[1], operands[2]);
      case ACT -> new Instruction.Act(operands[0], operands[1], activation(immediate, at + 4));
      case TOPK -> new Instruction.TopK(operands[0], operands[1], operands[2], immediate);
    };
  }

  private static Activation activation(int code, int at) {
    return Activation.of(code)
        .orElseThrow(() -> violation("no such function, function=" + code, at));
  }

  private static void require(boolean holds, String violated, int byteOffset) {
    if (!holds) {
      throw violation(violated, byteOffset);
    }
  }

  private static ByteCodeException violation(String what, int byteOffset) {
    return new ByteCodeException(what + " byteOffset=" + byteOffset);
  }
}
