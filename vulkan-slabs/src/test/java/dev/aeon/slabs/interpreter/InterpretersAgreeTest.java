package dev.aeon.slabs.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.slabs.bytecode.Activation;
import dev.aeon.slabs.bytecode.Instruction;
import dev.aeon.slabs.bytecode.Program;
import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.view.ElementType;
import dev.aeon.slabs.view.VariantView;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The processor and the device yield the same bits. */
class InterpretersAgreeTest {
  private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT;
  private static final long SEED = Long.getLong("aeon.seed", System.nanoTime());

  @ParameterizedTest
  @CsvSource({"1,1", "3,7", "17,255", "64,256", "65,257", "1000,1024", "5,100000", "70000,8"})
  void ranking_ofRandomRows_hasTheSameBits(int rows, int columns) {
    try (Pair pair = new Pair((long) rows * columns + columns + 64, SEED + rows)) {
      int top = Math.min(rows, 20);
      List<Instruction> program =
          List.of(
              new Instruction.Load(0, 0),
              new Instruction.Load(1, 1),
              new Instruction.MatVec(2, 0, 1),
              new Instruction.Act(5, 2, Activation.TANH),
              new Instruction.TopK(3, 4, 5, top),
              new Instruction.Sum(6, 2),
              new Instruction.Dot(7, 1, 1),
              new Instruction.Store(2, 3),
              new Instruction.Store(3, 4),
              new Instruction.Store(4, 6),
              new Instruction.Store(5, 7));
      long vector = (long) rows * columns;
      pair.runBoth(
          Program.of(program),
          slab ->
              HandleTable.of(
                  VariantView.of(slab, ElementType.F32, 0, rows, columns),
                  VariantView.of(slab, ElementType.F32, vector * 4, columns),
                  VariantView.of(slab, ElementType.I32, (vector + columns) * 4, top),
                  VariantView.of(slab, ElementType.F32, (vector + columns + 20) * 4, top),
                  VariantView.of(slab, ElementType.F32, (vector + columns + 40) * 4, 1),
                  VariantView.of(slab, ElementType.F32, (vector + columns + 41) * 4, 1)));
      pair.assertEqualBits();
    }
  }

  @Test
  void activations_ofAllKindsOfFloats_haveTheSameBits() {
    int count = 1 << 16;
    for (Activation function : Activation.values()) {
      try (Pair pair = new Pair(2L * count, SEED)) {
        pair.fillWithAnyBits(count, SEED);
        pair.runBoth(
            Program.of(
                List.of(
                    new Instruction.Load(0, 0),
                    new Instruction.Act(1, 0, function),
                    new Instruction.Store(1, 1))),
            slab ->
                HandleTable.of(
                    VariantView.of(slab, ElementType.F32, 0, count),
                    VariantView.of(slab, ElementType.F32, count * 4L, count)));
        pair.assertEqualBits();
      }
    }
  }

  @Test
  void topK_ofAMillionWithManyTies_hasTheSameBits() {
    int count = 1_000_000;
    int top = 1000;
    try (Pair pair = new Pair(count + 2L * top, SEED)) {
      pair.fillWithFewValues(count, SEED);
      pair.runBoth(
          Program.of(
              List.of(
                  new Instruction.Load(0, 0),
                  new Instruction.TopK(1, 2, 0, top),
                  new Instruction.Store(1, 1),
                  new Instruction.Store(2, 2))),
          slab ->
              HandleTable.of(
                  VariantView.of(slab, ElementType.F32, 0, count),
                  VariantView.of(slab, ElementType.I32, count * 4L, top),
                  VariantView.of(slab, ElementType.F32, (count + top) * 4L, top)));
      pair.assertEqualBits();
    }
  }

  /** More than one binding shows, and more work than one launch may loop through. */
  @Test
  void matVec_largerThanOneWindow_hasTheSameBits() {
    int rows = 70_000;
    int columns = 520;
    try (Pair pair = new Pair((long) rows * columns + columns + rows, SEED)) {
      pair.runBoth(
          Program.of(
              List.of(
                  new Instruction.Load(0, 0),
                  new Instruction.Load(1, 1),
                  new Instruction.MatVec(2, 0, 1),
                  new Instruction.Store(2, 2))),
          slab ->
              HandleTable.of(
                  VariantView.of(slab, ElementType.F32, 0, rows, columns),
                  VariantView.of(slab, ElementType.F32, (long) rows * columns * 4, columns),
                  VariantView.of(
                      slab, ElementType.F32, ((long) rows * columns + columns) * 4, rows)));
      pair.assertEqualBits();
    }
  }

  private interface Handles {
    HandleTable over(Slab slab);
  }

  /** The same bytes in host memory and on the device. */
  private static final class Pair implements AutoCloseable {
    private final SlabDevice host = SlabDevice.open(DevicePreference.HOST);
    private final SlabDevice vulkan = SlabDevice.open(DevicePreference.VULKAN);
    private final Slab expected;
    private final Slab actual;

    Pair(long floats, long seed) {
      expected = host.allocate(floats * 4);
      actual = vulkan.allocate(floats * 4);
      Random random = new Random(seed);
      for (long i = 0; i < floats; i++) {
        setBoth(i, Float.floatToRawIntBits(random.nextFloat() * 2 - 1));
      }
    }

    void fillWithAnyBits(int count, long seed) {
      Random random = new Random(seed);
      for (int i = 0; i < count; i++) {
        float moderate = (random.nextFloat() - 0.5f) * 200;
        int bits = i % 2 == 0 ? random.nextInt() : Float.floatToRawIntBits(moderate);
        boolean isDenormal = (bits & 0x7f800000) == 0;
        setBoth(i, isDenormal ? 0 : bits);
      }
    }

    void fillWithFewValues(int count, long seed) {
      Random random = new Random(seed);
      for (int i = 0; i < count; i++) {
        setBoth(i, Float.floatToRawIntBits(random.nextInt(50)));
      }
    }

    private void setBoth(long index, int bits) {
      expected.segment().setAtIndex(I32, index, bits);
      actual.segment().setAtIndex(I32, index, bits);
    }

    void runBoth(Program program, Handles handles) {
      try (Interpreter cpu = new CpuInterpreter();
          Interpreter gpu = VulkanInterpreter.open(vulkan)) {
        cpu.run(program, handles.over(expected));
        gpu.run(program, handles.over(actual));
      }
    }

    void assertEqualBits() {
      long mismatch =
          MemorySegment.mismatch(
              expected.segment(), 0, expected.byteSize(), actual.segment(), 0, actual.byteSize());
      assertThat(mismatch).as("first differing byte, seed=%d", SEED).isEqualTo(-1);
      assertThat(vulkan.vulkan().orElseThrow().validationMessages()).isEmpty();
    }

    @Override
    public void close() {
      host.close();
      vulkan.close();
    }
  }
}
