package dev.aeon.slabs.interpreter;

import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.VulkanContext;
import dev.aeon.slabs.memory.VulkanWindow;
import java.nio.LongBuffer;
import java.util.List;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkCommandBuffer;
import org.lwjgl.vulkan.VkCommandBufferAllocateInfo;
import org.lwjgl.vulkan.VkCommandBufferBeginInfo;
import org.lwjgl.vulkan.VkCommandPoolCreateInfo;
import org.lwjgl.vulkan.VkDescriptorBufferInfo;
import org.lwjgl.vulkan.VkDescriptorPoolCreateInfo;
import org.lwjgl.vulkan.VkDescriptorPoolSize;
import org.lwjgl.vulkan.VkDescriptorSetAllocateInfo;
import org.lwjgl.vulkan.VkDevice;
import org.lwjgl.vulkan.VkFenceCreateInfo;
import org.lwjgl.vulkan.VkMemoryBarrier;
import org.lwjgl.vulkan.VkSubmitInfo;
import org.lwjgl.vulkan.VkWriteDescriptorSet;

/**
 * Records launches into a command buffer, submits them, and waits until the device has run them.
 */
final class VulkanCommands implements AutoCloseable {
  private static final int MAX_BATCH = 128;
  private static final int COMPUTE = VK10.VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT;
  private static final int HOST = VK10.VK_PIPELINE_STAGE_HOST_BIT;

  private final VulkanContext context;
  private final VkDevice device;
  private final VulkanProgramPipeline pipeline;
  private final long commandPool;
  private final VkCommandBuffer commands;
  private final long descriptorPool;
  private final long fence;

  VulkanCommands(VulkanContext context, VulkanProgramPipeline pipeline) {
    this.context = context;
    this.device = context.device();
    this.pipeline = pipeline;
    try (MemoryStack stack = MemoryStack.stackPush()) {
      this.commandPool = createCommandPool(stack);
      this.commands = allocateCommands(stack);
      this.descriptorPool = createDescriptorPool(stack);
      this.fence = createFence(stack);
    }
  }

  private long createCommandPool(MemoryStack stack) {
    LongBuffer created = stack.mallocLong(1);
    VulkanCalls.require(
        VK10.vkCreateCommandPool(
            device,
            VkCommandPoolCreateInfo.calloc(stack)
                .sType$Default()
                .queueFamilyIndex(context.queueFamilyIndex()),
            null,
            created),
        "vkCreateCommandPool");
    return created.get(0);
  }

  private VkCommandBuffer allocateCommands(MemoryStack stack) {
    PointerBuffer allocated = stack.mallocPointer(1);
    VulkanCalls.require(
        VK10.vkAllocateCommandBuffers(
            device,
            VkCommandBufferAllocateInfo.calloc(stack)
                .sType$Default()
                .commandPool(commandPool)
                .level(VK10.VK_COMMAND_BUFFER_LEVEL_PRIMARY)
                .commandBufferCount(1),
            allocated),
        "vkAllocateCommandBuffers");
    return new VkCommandBuffer(allocated.get(0), device);
  }

  private long createDescriptorPool(MemoryStack stack) {
    VkDescriptorPoolSize.Buffer sizes = VkDescriptorPoolSize.calloc(1, stack);
    sizes
        .get(0)
        .type(VK10.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER)
        .descriptorCount(MAX_BATCH * VulkanProgramPipeline.BINDINGS);
    LongBuffer created = stack.mallocLong(1);
    VulkanCalls.require(
        VK10.vkCreateDescriptorPool(
            device,
            VkDescriptorPoolCreateInfo.calloc(stack)
                .sType$Default()
                .maxSets(MAX_BATCH)
                .pPoolSizes(sizes),
            null,
            created),
        "vkCreateDescriptorPool");
    return created.get(0);
  }

  private long createFence(MemoryStack stack) {
    LongBuffer created = stack.mallocLong(1);
    VulkanCalls.require(
        VK10.vkCreateFence(device, VkFenceCreateInfo.calloc(stack).sType$Default(), null, created),
        "vkCreateFence");
    return created.get(0);
  }

  /** Runs the launches in order; the caller holds the queue lock. */
  void run(Slab code, List<Dispatch> dispatches) {
    for (int from = 0; from < dispatches.size(); from += MAX_BATCH) {
      runBatch(code, dispatches.subList(from, Math.min(dispatches.size(), from + MAX_BATCH)));
    }
  }

  private void runBatch(Slab code, List<Dispatch> batch) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      VulkanCalls.require(
          VK10.vkResetDescriptorPool(device, descriptorPool, 0), "vkResetDescriptorPool");
      VulkanCalls.require(VK10.vkResetCommandPool(device, commandPool, 0), "vkResetCommandPool");
      VulkanCalls.require(
          VK10.vkBeginCommandBuffer(
              commands,
              VkCommandBufferBeginInfo.calloc(stack)
                  .sType$Default()
                  .flags(VK10.VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT)),
          "vkBeginCommandBuffer");
      VK10.vkCmdBindPipeline(commands, VK10.VK_PIPELINE_BIND_POINT_COMPUTE, pipeline.pipeline());
    }
    for (Dispatch dispatch : batch) {
      record(code, dispatch);
    }
    submit();
  }

  private void record(Slab code, Dispatch dispatch) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      long set = allocateSet(stack);
      bind(set, 0, code, 0, code.byteSize(), stack);
      bind(set, 1, dispatch.first(), stack);
      bind(set, 2, dispatch.second(), stack);
      bind(set, 3, dispatch.target(), stack);
      VK10.vkCmdBindDescriptorSets(
          commands,
          VK10.VK_PIPELINE_BIND_POINT_COMPUTE,
          pipeline.layout(),
          0,
          stack.longs(set),
          null);
      VK10.vkCmdPushConstants(
          commands,
          pipeline.layout(),
          VK10.VK_SHADER_STAGE_COMPUTE_BIT,
          0,
          stack.ints(
              dispatch.codeIndex(),
              dispatch.count(),
              dispatch.first().base(),
              dispatch.second().base(),
              dispatch.target().base(),
              dispatch.selectFrom(),
              dispatch.selectTo()));
      VK10.vkCmdDispatch(commands, dispatch.groupCount(), 1, 1);
      barrier(COMPUTE | HOST, VK10.VK_ACCESS_SHADER_READ_BIT | VK10.VK_ACCESS_HOST_READ_BIT, stack);
    }
  }

  /** What this launch wrote is seen by the next one and, at the end, by the processor. */
  private void barrier(int stages, int reads, MemoryStack stack) {
    VkMemoryBarrier.Buffer barrier = VkMemoryBarrier.calloc(1, stack);
    barrier
        .get(0)
        .sType$Default()
        .srcAccessMask(VK10.VK_ACCESS_SHADER_WRITE_BIT)
        .dstAccessMask(reads | VK10.VK_ACCESS_SHADER_WRITE_BIT);
    VK10.vkCmdPipelineBarrier(commands, COMPUTE, stages, 0, barrier, null, null);
  }

  private long allocateSet(MemoryStack stack) {
    LongBuffer allocated = stack.mallocLong(1);
    VulkanCalls.require(
        VK10.vkAllocateDescriptorSets(
            device,
            VkDescriptorSetAllocateInfo.calloc(stack)
                .sType$Default()
                .descriptorPool(descriptorPool)
                .pSetLayouts(stack.longs(pipeline.setLayout())),
            allocated),
        "vkAllocateDescriptorSets");
    return allocated.get(0);
  }

  private void bind(long set, int binding, Window window, MemoryStack stack) {
    bind(set, binding, window.slab(), window.byteOffset(), window.byteSize(), stack);
  }

  private void bind(
      long set, int binding, Slab slab, long byteOffset, long byteSize, MemoryStack stack) {
    VkDescriptorBufferInfo.Buffer info = VkDescriptorBufferInfo.calloc(1, stack);
    VulkanWindow where = slab.vulkanWindow(byteOffset, byteSize);
    info.get(0).buffer(where.buffer()).offset(where.byteOffset()).range(byteSize);
    VkWriteDescriptorSet.Buffer write = VkWriteDescriptorSet.calloc(1, stack);
    write
        .get(0)
        .sType$Default()
        .dstSet(set)
        .dstBinding(binding)
        .descriptorCount(1)
        .descriptorType(VK10.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER)
        .pBufferInfo(info);
    VK10.vkUpdateDescriptorSets(device, write, null);
  }

  private void submit() {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      VulkanCalls.require(VK10.vkEndCommandBuffer(commands), "vkEndCommandBuffer");
      VulkanCalls.require(
          VK10.vkQueueSubmit(
              context.queue(),
              VkSubmitInfo.calloc(stack).sType$Default().pCommandBuffers(stack.pointers(commands)),
              fence),
          "vkQueueSubmit");
      VulkanCalls.require(
          VK10.vkWaitForFences(device, fence, true, Long.MAX_VALUE), "vkWaitForFences");
      VulkanCalls.require(VK10.vkResetFences(device, fence), "vkResetFences");
    }
  }

  @Override
  public void close() {
    VK10.vkDestroyFence(device, fence, null);
    VK10.vkDestroyDescriptorPool(device, descriptorPool, null);
    VK10.vkDestroyCommandPool(device, commandPool, null);
  }
}
