package dev.aeon.slabs.interpreter;

import dev.aeon.slabs.bytecode.Instruction;
import dev.aeon.slabs.bytecode.Program;
import dev.aeon.slabs.view.ElementType;
import dev.aeon.slabs.view.VariantView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program bound to views: every shape checked, every intermediate value given its place in
 * scratch memory. Both interpreters run plans, so what one refuses, the other does too.
 */
final class Plan {
  /** The longest vector that a reduction or a selection takes; it bounds the loops of a shader. */
  static final long MAX_REDUCTION = 1L << 23;

  /** Scratch values begin at multiples of this many elements: 256 bytes, as devices demand. */
  private static final long SCRATCH_ALIGNMENT = 64;

  private static final int HEADER_WORDS = 4;
  private static final int INSTRUCTION_HEADER_WORDS = 2;

  private final HandleTable handles;
  private final @Nullable Value[] registers = new Value[Program.MAX_REGISTERS];
  private final List<Step> steps = new ArrayList<>();
  private long scratchElements;
  private int index;
  private int codeIndex = HEADER_WORDS;

  private Plan(HandleTable handles) {
    this.handles = handles;
  }

  /**
   * Binds a program.
   *
   * @throws ProgramException where a handle is missing or a shape does not fit
   */
  static Plan of(Program program, HandleTable handles) {
    if (handles.views().size() < program.handleCount()) {
      throw new ProgramException(
          "too few views, views=" + handles.views().size() + " needed=" + program.handleCount());
    }
    Plan plan = new Plan(handles);
    for (Instruction instruction : program.instructions()) {
      plan.add(instruction);
      plan.index++;
      plan.codeIndex += INSTRUCTION_HEADER_WORDS + instruction.opcode().operandCount();
    }
    return plan;
  }

  /** Everything that runs; loading only names a view and is no step. */
  List<Step> steps() {
    return steps;
  }

  long scratchElements() {
    return scratchElements;
  }

  private void add(Instruction instruction) {
    switch (instruction) {
      case Instruction.Load load -> registers[load.target()] = loaded(load.handle());
      case Instruction.Store store -> addStore(store);
      case Instruction.Dot dot -> addDot(dot);
      case Instruction.Sum sum -> {
        Value source = reducible(vector(sum.source()));
        registers[sum.target()] = step(sum, scratch(ElementType.F32, 1), source, null);
      }
      case Instruction.MatVec matVec -> addMatVec(matVec);
      case Instruction.Act act -> {
        Value source = floats(register(act.source()));
        Value target = scratch(ElementType.F32, source.rows(), source.columns());
        registers[act.target()] = step(act, target, source, null);
      }
      case Instruction.TopK topK -> addTopK(topK);
    }
  }

  private Value loaded(int handle) {
    VariantView view = handles.views().get(handle);
    require(
        view.isContiguous() && view.rank() <= 2, "a view is contiguous and of rank 1 or 2", view);
    require(view.elementType() == ElementType.F32, "only F32 is loaded", view);
    return new Value(
        ElementType.F32, view, 0, view.extent(0), view.rank() == 2 ? view.extent(1) : 0);
  }

  private void addStore(Instruction.Store store) {
    VariantView view = handles.views().get(store.handle());
    Value source = register(store.source());
    require(view.isContiguous(), "a view to store into is contiguous", view);
    require(
        view.elementType() == source.elementType() && view.elementCount() == source.elementCount(),
        "a stored value has the view's element type and count, value=" + source,
        view);
    requireNoPartialOverlap(view, source);
    Value target = new Value(source.elementType(), view, 0, source.rows(), source.columns());
    step(store, target, source, null);
  }

  /** A copy onto itself, shifted, would depend on the order in which elements are copied. */
  private void requireNoPartialOverlap(VariantView target, Value source) {
    VariantView view = source.view();
    if (view != null && view.slab() == target.slab()) {
      long distance = Math.abs(view.byteOffset() - target.byteOffset());
      require(
          distance == 0 || distance >= target.byteSize(),
          "a view is not stored into one that it overlaps, source=" + source,
          target);
    }
  }

  private void addDot(Instruction.Dot dot) {
    Value left = reducible(vector(dot.left()));
    Value right = vector(dot.right());
    require(left.rows() == right.rows(), "vectors are of one length, left=" + left, right);
    registers[dot.target()] = step(dot, scratch(ElementType.F32, 1), left, right);
  }

  private void addMatVec(Instruction.MatVec matVec) {
    Value matrix = floats(register(matVec.matrix()));
    Value vector = reducible(vector(matVec.vector()));
    require(!matrix.isVector(), "MATVEC takes a matrix", matrix);
    require(
        matrix.columns() == vector.rows(),
        "columns are as many as elements, matrix=" + matrix,
        vector);
    registers[matVec.target()] =
        step(matVec, scratch(ElementType.F32, matrix.rows()), matrix, vector);
  }

  private void addTopK(Instruction.TopK topK) {
    Value source = reducible(vector(topK.source()));
    require(
        topK.count() <= source.rows(),
        "TOPK selects no more than there are, count=" + topK.count(),
        source);
    Value indices = scratch(ElementType.I32, topK.count());
    Value values = scratch(ElementType.F32, topK.count());
    registers[topK.indices()] = step(topK, indices, source, values);
    registers[topK.values()] = values;
  }

  private Value step(Instruction instruction, Value target, Value first, @Nullable Value second) {
    steps.add(new Step(instruction, codeIndex, target, first, second));
    return target;
  }

  private Value scratch(ElementType type, long rows) {
    return scratch(type, rows, 0);
  }

  private Value scratch(ElementType type, long rows, long columns) {
    Value value = new Value(type, null, scratchElements, rows, columns);
    long aligned = (value.elementCount() + SCRATCH_ALIGNMENT - 1) & -SCRATCH_ALIGNMENT;
    scratchElements = Math.addExact(scratchElements, aligned);
    return value;
  }

  private Value register(int register) {
    Value value = registers[register];
    if (value == null) {
      throw new IllegalStateException(
          "a verified program reads what it wrote, register=" + register);
    }
    return value;
  }

  private Value vector(int register) {
    Value value = floats(register(register));
    require(value.isVector(), "a vector is needed", value);
    return value;
  }

  private Value floats(Value value) {
    require(value.elementType() == ElementType.F32, "F32 is needed", value);
    return value;
  }

  private Value reducible(Value value) {
    require(value.rows() <= MAX_REDUCTION, "a vector is longer than limit=" + MAX_REDUCTION, value);
    return value;
  }

  private void require(boolean holds, String violated, Object value) {
    if (!holds) {
      throw new ProgramException(index, violated + " value=" + value);
    }
  }
}
