package dev.aeon.slabs.interpreter;

import dev.aeon.slabs.bytecode.Activation;
import dev.aeon.slabs.bytecode.Instruction;
import dev.aeon.slabs.bytecode.Program;
import dev.aeon.slabs.view.VariantView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Runs programs on the processor, over slabs of any kind. It copies a row at a time into an array,
 * where the compiler turns loops into vector instructions; memory beside the scratch values is one
 * row and one vector. One thread at a time.
 */
public final class CpuInterpreter implements Interpreter {
  private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT;
  private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT;
  private static final int STRIP = 1 << 16;

  private final Lanes lanes = new Lanes();
  private Arena arena = Arena.ofConfined();
  private MemorySegment scratch = MemorySegment.NULL;
  private float[] left = new float[Lanes.COUNT];
  private float[] right = new float[Lanes.COUNT];
  private boolean isClosed;

  /** An interpreter, which the caller closes on the thread that it was made on. */
  public CpuInterpreter() {}

  @Override
  public void run(Program program, HandleTable handles) {
    if (isClosed) {
      throw new IllegalStateException("interpreter is closed");
    }
    Plan plan = Plan.of(program, handles);
    reserveScratch(plan.scratchElements() * Float.BYTES);
    for (Step step : plan.steps()) {
      execute(step);
    }
  }

  private void reserveScratch(long byteSize) {
    if (scratch.byteSize() < byteSize) {
      arena.close();
      arena = Arena.ofConfined();
      scratch = arena.allocate(byteSize, Lanes.COUNT);
    }
  }

  private void execute(Step step) {
    switch (step.instruction()) {
      case Instruction.Load load -> throw new IllegalStateException("loading is no step: " + load);
      case Instruction.Store store -> memory(step.target()).copyFrom(memory(step.first()));
      case Instruction.Dot dot -> dot(step);
      case Instruction.Sum sum -> sum(step);
      case Instruction.MatVec matVec -> matVec(step);
      case Instruction.Act act -> act(step, act.function());
      case Instruction.TopK topK -> topK(step, topK.count());
    }
  }

  private void dot(Step step) {
    int length = (int) step.first().rows();
    left = copy(memory(step.first()), 0, length, left);
    right = copy(memory(step.requireSecond()), 0, length, right);
    memory(step.target()).set(F32, 0, lanes.dot(left, right, length));
  }

  private void sum(Step step) {
    int length = (int) step.first().rows();
    left = copy(memory(step.first()), 0, length, left);
    memory(step.target()).set(F32, 0, lanes.sum(left, length));
  }

  private void matVec(Step step) {
    MemorySegment matrix = memory(step.first());
    MemorySegment target = memory(step.target());
    int columns = (int) step.first().columns();
    right = copy(memory(step.requireSecond()), 0, columns, right);
    for (long row = 0; row < step.first().rows(); row++) {
      left = copy(matrix, row * columns, columns, left);
      target.setAtIndex(F32, row, lanes.dot(left, right, columns));
    }
  }

  private void act(Step step, Activation function) {
    MemorySegment source = memory(step.first());
    MemorySegment target = memory(step.target());
    for (long i = 0; i < step.first().elementCount(); i++) {
      target.setAtIndex(F32, i, Activations.apply(function, source.getAtIndex(F32, i)));
    }
  }

  private void topK(Step step, int count) {
    MemorySegment source = memory(step.first());
    TopSelection selection = new TopSelection(count);
    int length = (int) step.first().rows();
    for (int base = 0; base < length; base += STRIP) {
      int strip = Math.min(STRIP, length - base);
      left = copy(source, base, strip, left);
      for (int i = 0; i < strip; i++) {
        selection.offer(left[i], base + i);
      }
    }
    write(selection.drain(), source, memory(step.target()), memory(step.requireSecond()));
  }

  /** Values are copied as bits: what is selected is the element itself, also where it is NaN. */
  private static void write(
      int[] selected, MemorySegment source, MemorySegment indices, MemorySegment values) {
    for (int i = 0; i < selected.length; i++) {
      indices.setAtIndex(I32, i, selected[i]);
      values.setAtIndex(I32, i, source.getAtIndex(I32, selected[i]));
    }
  }

  private static float[] copy(MemorySegment source, long index, int count, float[] buffer) {
    float[] target = buffer.length >= count ? buffer : Arrays.copyOf(buffer, count);
    MemorySegment.copy(source, F32, index * Float.BYTES, target, 0, count);
    return target;
  }

  private MemorySegment memory(Value value) {
    VariantView view = value.view();
    if (view != null) {
      return view.asSegment();
    }
    return scratch.asSlice(value.scratchOffset() * Float.BYTES, value.elementCount() * Float.BYTES);
  }

  @Override
  public String description() {
    return "processor";
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      arena.close();
    }
  }
}
