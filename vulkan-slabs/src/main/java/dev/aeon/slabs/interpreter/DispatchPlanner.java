package dev.aeon.slabs.interpreter;

import dev.aeon.slabs.bytecode.Instruction;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.VulkanLimits;
import dev.aeon.slabs.view.VariantView;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the steps of a plan into launches that a device takes: windows no larger than one binding
 * shows, no more work groups than one launch has, and loops short enough. A software driver ends
 * the loops of a shader after 65,535 turns altogether, without a word; so no launch comes near
 * that.
 */
final class DispatchPlanner {
  private static final int GROUP = 256;
  private static final int LOOP_BUDGET = 40_000;
  private static final int LOOP_OVERHEAD = 16;

  private final Slab scratch;
  private final long alignment;
  private final long maxWindowBytes;
  private final int maxGroups;
  private final List<Dispatch> dispatches = new ArrayList<>();

  private DispatchPlanner(Slab scratch, VulkanLimits limits) {
    this.scratch = scratch;
    this.alignment = Math.max(Float.BYTES, limits.minStorageBufferOffsetAlignmentBytes());
    this.maxWindowBytes = limits.maxStorageBufferRangeBytes() - alignment;
    this.maxGroups = limits.maxWorkgroupCountX();
  }

  static List<Dispatch> plan(Plan plan, Slab scratch, VulkanLimits limits) {
    DispatchPlanner planner = new DispatchPlanner(scratch, limits);
    plan.steps().forEach(planner::add);
    return planner.dispatches;
  }

  private void add(Step step) {
    switch (step.instruction()) {
      case Instruction.Load load -> throw new IllegalStateException("loading is no step: " + load);
      case Instruction.Store store -> addElementwise(step);
      case Instruction.Act act -> addElementwise(step);
      case Instruction.Dot dot -> addRows(step, 1, step.first().rows());
      case Instruction.MatVec matVec -> addRows(step, step.first().rows(), step.first().columns());
      case Instruction.Sum sum -> addSum(step);
      case Instruction.TopK topK -> addTopK(step, topK.count());
    }
  }

  private void addElementwise(Step step) {
    long elements = step.first().elementCount();
    long most = Math.min((long) maxGroups * GROUP, maxWindowBytes / Float.BYTES);
    for (long from = 0; from < elements; from += most) {
      int count = (int) Math.min(most, elements - from);
      Window first = window(step.first(), from, count);
      Window target = window(step.target(), from, count);
      int groups = (count + GROUP - 1) / GROUP;
      dispatches.add(new Dispatch(groups, step.codeIndex(), count, first, first, target, 0, 0));
    }
  }

  private void addRows(Step step, long rows, long columns) {
    Window vector = window(step.requireSecond(), 0, columns);
    long most = Math.min(maxGroups, Math.max(1, maxWindowBytes / (columns * Float.BYTES)));
    for (long from = 0; from < rows; from += most) {
      int count = (int) Math.min(most, rows - from);
      Window matrix = window(step.first(), from * columns, count * columns);
      Window target = window(step.target(), from, count);
      dispatches.add(
          new Dispatch(count, step.codeIndex(), (int) columns, matrix, vector, target, 0, 0));
    }
  }

  private void addSum(Step step) {
    int count = (int) step.first().rows();
    Window first = window(step.first(), 0, count);
    Window target = window(step.target(), 0, 1);
    dispatches.add(new Dispatch(1, step.codeIndex(), count, first, first, target, 0, 0));
  }

  private void addTopK(Step step, int selected) {
    int count = (int) step.first().rows();
    int turns = count / GROUP + LOOP_OVERHEAD;
    int ranks = Math.max(1, LOOP_BUDGET / turns);
    Window first = window(step.first(), 0, count);
    Window values = window(step.requireSecond(), 0, selected);
    Window indices = window(step.target(), 0, selected);
    for (int from = 0; from < selected; from += ranks) {
      int to = Math.min(selected, from + ranks);
      dispatches.add(new Dispatch(1, step.codeIndex(), count, first, values, indices, from, to));
    }
  }

  private Window window(Value value, long fromElement, long elementCount) {
    VariantView view = value.view();
    Slab slab = view == null ? scratch : view.slab();
    long begin = view == null ? value.scratchOffset() * Float.BYTES : view.byteOffset();
    return Window.of(
        slab, begin + fromElement * Float.BYTES, elementCount * Float.BYTES, alignment);
  }
}
