package dev.aeon.slabs.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.aeon.slabs.assembler.Assembler;
import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.view.ElementType;
import dev.aeon.slabs.view.VariantView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every interpreter does, on the memory it is made for. */
class InterpreterContractTest {
  enum Kind {
    CPU_OVER_HOST,
    CPU_OVER_VULKAN,
    VULKAN
  }

  private final List<AutoCloseable> owned = new ArrayList<>();
  private SlabDevice device;
  private Interpreter interpreter;

  private void open(Kind kind) {
    device =
        SlabDevice.open(
            kind == Kind.CPU_OVER_HOST ? DevicePreference.HOST : DevicePreference.VULKAN);
    owned.add(device);
    interpreter = kind == Kind.VULKAN ? VulkanInterpreter.open(device) : new CpuInterpreter();
    owned.add(interpreter);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : owned.reversed()) {
      each.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void dot_ofTwoVectors_isTheirProduct(Kind kind) {
    open(kind);
    VariantView result = floats(1);
    run(
        "LOAD r0, @0\nLOAD r1, @1\nDOT r2, r0, r1\nSTORE @2, r2",
        floats(1f, 2f, 3f),
        floats(4f, 5f, 6f),
        result);
    assertThat(result.getFloat(0)).isEqualTo(32f);
  }

  @ParameterizedTest
  @EnumSource
  void sum_ofAThousandElements_addsAll(Kind kind) {
    open(kind);
    VariantView source = floats(1000);
    for (int i = 0; i < 1000; i++) {
      source.setFloat(i, i);
    }
    VariantView result = floats(1);
    run("LOAD r0, @0\nSUM r1, r0\nSTORE @1, r1", source, result);
    assertThat(result.getFloat(0)).isEqualTo(499_500f);
  }

  @ParameterizedTest
  @EnumSource
  void matVecAndTopK_ofRows_rankTheNearestFirst(Kind kind) {
    open(kind);
    VariantView matrix = view(ElementType.F32, 4, 3);
    float[][] rows = {{1, 0, 0}, {0, 1, 0}, {1, 1, 0}, {0, 0, 9}};
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 3; j++) {
        matrix.setFloat(i, j, rows[i][j]);
      }
    }
    VariantView indices = view(ElementType.I32, 3);
    VariantView values = floats(3);
    run(
        "LOAD r0, @0\nLOAD r1, @1\nMATVEC r2, r0, r1\nTOPK r3, r4, r2, 3\nSTORE @2, r3\nSTORE @3, r4",
        matrix,
        floats(1f, 1f, 0f),
        indices,
        values);
    assertThat(new int[] {indices.getInt(0), indices.getInt(1), indices.getInt(2)})
        .containsExactly(2, 0, 1);
    assertThat(new float[] {values.getFloat(0), values.getFloat(1), values.getFloat(2)})
        .containsExactly(2f, 1f, 1f);
  }

  @ParameterizedTest
  @EnumSource
  void topK_withNaNAndZeroes_putsNaNLastAndTreatsZeroesAlike(Kind kind) {
    open(kind);
    VariantView indices = view(ElementType.I32, 5);
    run(
        "LOAD r0, @0\nTOPK r1, r2, r0, 5\nSTORE @1, r1",
        floats(Float.NaN, -0f, 0f, Float.NEGATIVE_INFINITY, 1f),
        indices);
    assertThat(java.util.stream.IntStream.range(0, 5).map(indices::getInt))
        .containsExactly(4, 1, 2, 3, 0);
  }

  @ParameterizedTest
  @EnumSource
  void activations_ofKnownArguments_areNearTheirFunctions(Kind kind) {
    open(kind);
    float[] x = {-100f, -3f, -0.5f, 0f, 0.25f, 2f, 100f};
    for (String function : List.of("relu", "leaky", "sigmoid", "tanh")) {
      VariantView result = floats(x.length);
      run("LOAD r0, @0\nACT r0, r0, " + function + "\nSTORE @1, r0", floats(x), result);
      for (int i = 0; i < x.length; i++) {
        assertThat((double) result.getFloat(i)).isCloseTo(exact(function, x[i]), within(3e-7));
      }
    }
  }

  private static double exact(String function, double x) {
    return switch (function) {
      case "relu" -> Math.max(0, x);
      case "leaky" -> x > 0 ? x : x * 0.01f;
      case "sigmoid" -> 1 / (1 + Math.exp(-x));
      default -> Math.tanh(x);
    };
  }

  @ParameterizedTest
  @EnumSource
  void run_withViewsThatDoNotFit_throwsAndWritesNothing(Kind kind) {
    open(kind);
    VariantView result = floats(7f);
    String dot = "LOAD r0, @0\nLOAD r1, @1\nSTORE @2, r0\nDOT r2, r0, r1\nSTORE @2, r2";
    assertThatThrownBy(() -> run(dot, floats(1f), floats(1f, 2f), result))
        .isInstanceOf(ProgramException.class)
        .hasMessageContaining("one length")
        .hasMessageContaining("instruction=3");
    assertThat(result.getFloat(0)).isEqualTo(7f);
    assertThatThrownBy(() -> run(dot, floats(1f)))
        .isInstanceOf(ProgramException.class)
        .hasMessageContaining("too few views");
    assertThatThrownBy(
            () -> run("LOAD r0, @0\nTOPK r1, r2, r0, 9\nSTORE @1, r1", floats(1f), result))
        .isInstanceOf(ProgramException.class);
    assertThatThrownBy(() -> run("LOAD r0, @0\nSTORE @0, r0", view(ElementType.F64, 2)))
        .isInstanceOf(ProgramException.class);
  }

  @ParameterizedTest
  @EnumSource
  void run_overAClosedSlab_throws(Kind kind) {
    open(kind);
    VariantView source = floats(1f);
    VariantView result = floats(1);
    source.slab().close();
    assertThatThrownBy(() -> run("LOAD r0, @0\nSUM r1, r0\nSTORE @1, r1", source, result))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource
  void run_onAClosedInterpreter_throws(Kind kind) {
    open(kind);
    VariantView result = floats(1);
    interpreter.close();
    assertThatThrownBy(() -> run("LOAD r0, @0\nSTORE @0, r0", result))
        .isInstanceOf(IllegalStateException.class);
  }

  private void run(String text, VariantView... views) {
    interpreter.run(Assembler.assemble(text), HandleTable.of(views));
  }

  private VariantView floats(float... elements) {
    VariantView view = view(ElementType.F32, elements.length);
    for (int i = 0; i < elements.length; i++) {
      view.setFloat(i, elements[i]);
    }
    return view;
  }

  private VariantView floats(int count) {
    return view(ElementType.F32, count);
  }

  private VariantView view(ElementType type, long... shape) {
    long count = 1;
    for (long extent : shape) {
      count *= extent;
    }
    Slab slab = device.allocate(count * type.byteSize());
    return VariantView.of(slab, type, 0, shape);
  }
}
