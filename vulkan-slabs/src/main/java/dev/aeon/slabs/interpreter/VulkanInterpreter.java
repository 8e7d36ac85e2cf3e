package dev.aeon.slabs.interpreter;

import dev.aeon.slabs.bytecode.Program;
import dev.aeon.slabs.bytecode.ProgramCodec;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.memory.VulkanContext;
import dev.aeon.slabs.view.VariantView;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs on a Vulkan device: a compute shader decodes the byte-code, one launch for each
 * instruction, over slabs of that device. Scratch memory is kept between runs and grows with the
 * largest. Closed with its device at the latest. One thread at a time.
 */
public final class VulkanInterpreter implements Interpreter {
  private static final int WORKGROUP = 256;

  private final SlabDevice device;
  private final VulkanContext context;
  private final VulkanProgramPipeline pipeline;
  private final VulkanCommands commands;
  private @Nullable Slab code;
  private @Nullable Slab scratch;
  private boolean isClosed;

  private VulkanInterpreter(SlabDevice device, VulkanContext context) {
    this.device = device;
    this.context = context;
    this.pipeline = new VulkanProgramPipeline(context);
    this.commands = new VulkanCommands(context, pipeline);
  }

  /**
   * Builds the interpreter for a device; the caller closes it.
   *
   * @throws IllegalArgumentException where the device is not a Vulkan device, or its work groups
   *     have less than 256 invocations
   */
  public static VulkanInterpreter open(SlabDevice device) {
    VulkanContext context =
        device
            .vulkan()
            .orElseThrow(() ->
                new IllegalArgumentException("no Vulkan device, device=" + device.description()));
    if (context.limits().maxWorkgroupInvocations() < WORKGROUP) {
      throw new IllegalArgumentException(
          "work groups are too small, needed="
              + WORKGROUP
              + " found="
              + context.limits().maxWorkgroupInvocations());
    }
    VulkanInterpreter interpreter = new VulkanInterpreter(device, context);
    device.attach(interpreter);
    return interpreter;
  }

  @Override
  public void run(Program program, HandleTable handles) {
    if (isClosed) {
      throw new IllegalStateException("interpreter is closed");
    }
    Plan plan = Plan.of(program, handles);
    requireOwnSlabs(handles);
    byte[] bytes = ProgramCodec.encode(program);
    Slab codeSlab = reserve(code, bytes.length);
    code = codeSlab;
    Slab scratchSlab = reserve(scratch, Math.max(1, plan.scratchElements() * Float.BYTES));
    scratch = scratchSlab;
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, codeSlab.segment(), 0, bytes.length);
    List<Dispatch> dispatches = DispatchPlanner.plan(plan, scratchSlab, context.limits());
    context.queueLock().lock();
    try {
      commands.run(codeSlab, dispatches);
    } finally {
      context.queueLock().unlock();
    }
  }

  private void requireOwnSlabs(HandleTable handles) {
    for (VariantView view : handles.views()) {
      if (view.slab().device() != device) {
        throw new ProgramException("a view lies in memory of another device, view=" + view);
      }
    }
  }

  private Slab reserve(@Nullable Slab slab, long byteSize) {
    if (slab != null && slab.byteSize() >= byteSize) {
      return slab;
    }
    Slab larger = device.allocate(byteSize);
    if (slab != null) {
      slab.close();
    }
    return larger;
  }

  @Override
  public String description() {
    return context.deviceName();
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    context.queueLock().lock();
    try {
      commands.close();
      pipeline.close();
    } finally {
      context.queueLock().unlock();
    }
    closeSlab(code);
    closeSlab(scratch);
    device.detach(this);
  }

  private static void closeSlab(@Nullable Slab slab) {
    if (slab != null) {
      slab.close();
    }
  }
}
