package dev.aeon.slabs.memory;

import static org.lwjgl.vulkan.VK10.VK_ACCESS_HOST_READ_BIT;
import static org.lwjgl.vulkan.VK10.VK_ACCESS_HOST_WRITE_BIT;
import static org.lwjgl.vulkan.VK10.VK_ACCESS_SHADER_READ_BIT;
import static org.lwjgl.vulkan.VK10.VK_ACCESS_SHADER_WRITE_BIT;
import static org.lwjgl.vulkan.VK10.VK_ACCESS_TRANSFER_READ_BIT;
import static org.lwjgl.vulkan.VK10.VK_ACCESS_TRANSFER_WRITE_BIT;
import static org.lwjgl.vulkan.VK10.VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT;
import static org.lwjgl.vulkan.VK10.VK_PIPELINE_STAGE_HOST_BIT;
import static org.lwjgl.vulkan.VK10.VK_PIPELINE_STAGE_TRANSFER_BIT;

import java.util.concurrent.locks.ReentrantLock;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkBufferCopy;
import org.lwjgl.vulkan.VkCommandBuffer;
import org.lwjgl.vulkan.VkCommandBufferAllocateInfo;
import org.lwjgl.vulkan.VkCommandBufferBeginInfo;
import org.lwjgl.vulkan.VkCommandPoolCreateInfo;
import org.lwjgl.vulkan.VkFenceCreateInfo;
import org.lwjgl.vulkan.VkMemoryBarrier;
import org.lwjgl.vulkan.VkSubmitInfo;

/** Copies between buffers of one device, and waits until that is done. Thread-safe. */
final class VulkanCopier implements AutoCloseable {
  private static final int WORKERS =
      VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT | VK_PIPELINE_STAGE_HOST_BIT;
  private static final int READS = VK_ACCESS_SHADER_READ_BIT | VK_ACCESS_HOST_READ_BIT;
  private static final int WRITES = VK_ACCESS_SHADER_WRITE_BIT | VK_ACCESS_HOST_WRITE_BIT;

  private final VulkanContext context;
  private final long commandPool;
  private final VkCommandBuffer commands;
  private final long fence;

  VulkanCopier(VulkanContext context) {
    this.context = context;
    try (MemoryStack stack = MemoryStack.stackPush()) {
      this.commandPool = createPool(stack);
      this.commands = allocateCommands(stack);
      this.fence = createFence(stack);
    }
  }

  ReentrantLock queueLock() {
    return context.queueLock();
  }

  /** Copies a range to the same place of another buffer. */
  void copy(long from, long to, long byteOffset, long byteSize) {
    context.queueLock().lock();
    try (MemoryStack stack = MemoryStack.stackPush()) {
      record(from, to, byteOffset, byteSize, stack);
      submit(stack);
    } finally {
      context.queueLock().unlock();
    }
  }

  private void record(long from, long to, long byteOffset, long byteSize, MemoryStack stack) {
    VulkanResult.require(
        VK10.vkResetCommandPool(context.device(), commandPool, 0), "vkResetCommandPool");
    VulkanResult.require(
        VK10.vkBeginCommandBuffer(
            commands,
            VkCommandBufferBeginInfo.calloc(stack)
                .sType$Default()
                .flags(VK10.VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT)),
        "vkBeginCommandBuffer");
    barrier(
        barrierOf(WRITES, VK_ACCESS_TRANSFER_READ_BIT | VK_ACCESS_TRANSFER_WRITE_BIT, stack),
        WORKERS,
        VK_PIPELINE_STAGE_TRANSFER_BIT);
    VkBufferCopy.Buffer range = VkBufferCopy.calloc(1, stack);
    range.get(0).srcOffset(byteOffset).dstOffset(byteOffset).size(byteSize);
    VK10.vkCmdCopyBuffer(commands, from, to, range);
    // A fence alone does not show the processor what the device wrote.
    barrier(
        barrierOf(VK_ACCESS_TRANSFER_WRITE_BIT, READS | WRITES, stack),
        VK_PIPELINE_STAGE_TRANSFER_BIT,
        WORKERS);
    VulkanResult.require(VK10.vkEndCommandBuffer(commands), "vkEndCommandBuffer");
  }

  private static VkMemoryBarrier.Buffer barrierOf(int writes, int reads, MemoryStack stack) {
    VkMemoryBarrier.Buffer barrier = VkMemoryBarrier.calloc(1, stack);
    barrier.get(0).sType$Default().srcAccessMask(writes).dstAccessMask(reads);
    return barrier;
  }

  private void barrier(VkMemoryBarrier.Buffer barrier, int before, int after) {
    VK10.vkCmdPipelineBarrier(commands, before, after, 0, barrier, null, null);
  }

  private void submit(MemoryStack stack) {
    VkSubmitInfo info =
        VkSubmitInfo.calloc(stack).sType$Default().pCommandBuffers(stack.pointers(commands));
    VulkanResult.require(VK10.vkQueueSubmit(context.queue(), info, fence), "vkQueueSubmit");
    VulkanResult.require(
        VK10.vkWaitForFences(context.device(), fence, true, Long.MAX_VALUE), "vkWaitForFences");
    VulkanResult.require(VK10.vkResetFences(context.device(), fence), "vkResetFences");
  }

  private long createPool(MemoryStack stack) {
    var created = stack.mallocLong(1);
    VkCommandPoolCreateInfo info =
        VkCommandPoolCreateInfo.calloc(stack)
            .sType$Default()
            .queueFamilyIndex(context.queueFamilyIndex());
    VulkanResult.require(
        VK10.vkCreateCommandPool(context.device(), info, null, created), "vkCreateCommandPool");
    return created.get(0);
  }

  private VkCommandBuffer allocateCommands(MemoryStack stack) {
    var allocated = stack.mallocPointer(1);
    VkCommandBufferAllocateInfo info =
        VkCommandBufferAllocateInfo.calloc(stack)
            .sType$Default()
            .commandPool(commandPool)
            .level(VK10.VK_COMMAND_BUFFER_LEVEL_PRIMARY)
            .commandBufferCount(1);
    VulkanResult.require(
        VK10.vkAllocateCommandBuffers(context.device(), info, allocated),
        "vkAllocateCommandBuffers");
    return new VkCommandBuffer(allocated.get(0), context.device());
  }

  private long createFence(MemoryStack stack) {
    var created = stack.mallocLong(1);
    VkFenceCreateInfo info = VkFenceCreateInfo.calloc(stack).sType$Default();
    VulkanResult.require(
        VK10.vkCreateFence(context.device(), info, null, created), "vkCreateFence");
    return created.get(0);
  }

  /** Before the device. */
  @Override
  public void close() {
    VK10.vkDestroyFence(context.device(), fence, null);
    VK10.vkDestroyCommandPool(context.device(), commandPool, null);
  }
}
