package dev.aeon.fleet.index;

import dev.aeon.fleet.embed.Features;
import dev.aeon.slabs.assembler.Assembler;
import dev.aeon.slabs.bytecode.Program;
import dev.aeon.slabs.interpreter.CpuInterpreter;
import dev.aeon.slabs.interpreter.HandleTable;
import dev.aeon.slabs.interpreter.Interpreter;
import dev.aeon.slabs.interpreter.VulkanInterpreter;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.view.ElementType;
import dev.aeon.slabs.view.VariantView;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the nearest rows by a Harmonics program: the block's matrix times the query, then the
 * greatest elements of the product. Opened and used by one thread.
 */
final class HarmonicsScorer implements BlockScorer {
  private static final long QUERY_BYTE_SIZE = (long) Features.DIMENSIONS * Float.BYTES;
  private static final long INDICES_BYTE_OFFSET = QUERY_BYTE_SIZE;
  private static final long VALUES_BYTE_OFFSET =
      INDICES_BYTE_OFFSET + (long) Program.MAX_TOP * Integer.BYTES;
  private static final long BYTE_SIZE = VALUES_BYTE_OFFSET + (long) Program.MAX_TOP * Float.BYTES;

  private final Interpreter interpreter;
  private final boolean isKeptOffDevice;
  private final Slab exchange;
  private final Map<Integer, Program> programByCount = new HashMap<>();

  HarmonicsScorer(SlabDevice device, InterpreterChoice choice) {
    this.interpreter =
        runsOnDevice(device, choice) ? VulkanInterpreter.open(device) : new CpuInterpreter();
    this.isKeptOffDevice =
        choice == InterpreterChoice.AUTO && device.isVulkan() && device.isSoftware();
    this.exchange = device.allocate(BYTE_SIZE);
  }

  /** A software device would run the programs on the same processor, only slower. */
  static boolean runsOnDevice(SlabDevice device, InterpreterChoice choice) {
    return switch (choice) {
      case CPU -> false;
      case VULKAN -> true;
      case AUTO -> device.isVulkan() && !device.isSoftware();
    };
  }

  /** What runs the programs, for people. */
  String description() {
    return isKeptOffDevice
        ? interpreter.description() + " (faster than the software device)"
        : interpreter.description();
  }

  @Override
  public void score(VectorBlock block, float[] query, int top, Sink sink) {
    if (block.rows() == 0) {
      return;
    }
    int count = Math.min(top, block.rows());
    MemorySegment memory = exchange.segment();
    MemorySegment.copy(query, 0, memory, ValueLayout.JAVA_FLOAT, 0, query.length);
    VariantView indices = VariantView.of(exchange, ElementType.I32, INDICES_BYTE_OFFSET, count);
    VariantView values = VariantView.of(exchange, ElementType.F32, VALUES_BYTE_OFFSET, count);
    interpreter.run(
        programByCount.computeIfAbsent(count, HarmonicsScorer::program),
        HandleTable.of(
            VariantView.of(block.slab(), ElementType.F32, 0, block.rows(), Features.DIMENSIONS),
            VariantView.of(exchange, ElementType.F32, 0, Features.DIMENSIONS),
            indices,
            values));
    for (int rank = 0; rank < count; rank++) {
      sink.row(indices.getInt(rank), values.getFloat(rank));
    }
  }

  private static Program program(int count) {
    return Assembler.assemble(
        """
        LOAD   r0, @0           ; the block's vectors, one a row
        LOAD   r1, @1           ; the query's vector
        MATVEC r2, r0, r1       ; all vectors have length 1: the products are cosines
        TOPK   r3, r4, r2, %d
        STORE  @2, r3
        STORE  @3, r4
        """
            .formatted(count));
  }

  @Override
  public void close() {
    interpreter.close();
    exchange.close();
  }
}
