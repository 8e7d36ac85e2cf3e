package dev.aeon.slabs.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkCommandBuffer;
import org.lwjgl.vulkan.VkCommandBufferAllocateInfo;
import org.lwjgl.vulkan.VkCommandBufferBeginInfo;
import org.lwjgl.vulkan.VkCommandPoolCreateInfo;
import org.lwjgl.vulkan.VkComputePipelineCreateInfo;
import org.lwjgl.vulkan.VkDescriptorBufferInfo;
import org.lwjgl.vulkan.VkDescriptorPoolCreateInfo;
import org.lwjgl.vulkan.VkDescriptorPoolSize;
import org.lwjgl.vulkan.VkDescriptorSetAllocateInfo;
import org.lwjgl.vulkan.VkDescriptorSetLayoutBinding;
import org.lwjgl.vulkan.VkDescriptorSetLayoutCreateInfo;
import org.lwjgl.vulkan.VkDevice;
import org.lwjgl.vulkan.VkFenceCreateInfo;
import org.lwjgl.vulkan.VkMemoryBarrier;
import org.lwjgl.vulkan.VkPipelineLayoutCreateInfo;
import org.lwjgl.vulkan.VkPipelineShaderStageCreateInfo;
import org.lwjgl.vulkan.VkPushConstantRange;
import org.lwjgl.vulkan.VkShaderModuleCreateInfo;
import org.lwjgl.vulkan.VkSubmitInfo;
import org.lwjgl.vulkan.VkWriteDescriptorSet;

/**
 * The shader {@code mix.comp}, or another with the same interface, on a device; and the former in
 * Java. One thread at a time.
 */
public final class MixShader implements AutoCloseable {
  private static final int GROUP = 64;
  private static final int COMPUTE = VK10.VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT;

  private final VulkanContext context;
  private final VkDevice device;
  private final long setLayout;
  private final long layout;
  private final long pipeline;
  private final long descriptorPool;
  private final long set;
  private final long commandPool;
  private final VkCommandBuffer commands;
  private final long fence;

  MixShader(SlabDevice of) {
    this(of, "/mix.spv");
  }

  public MixShader(SlabDevice of, String resource) {
    this.context = of.vulkan().orElseThrow();
    this.device = context.device();
    try (MemoryStack stack = MemoryStack.stackPush()) {
      this.setLayout = createSetLayout(stack);
      this.layout = createLayout(stack);
      this.pipeline = createPipeline(resource, stack);
      this.descriptorPool = createDescriptorPool(stack);
      this.set = allocateSet(stack);
      this.commandPool = createCommandPool(stack);
      this.commands = allocateCommands(stack);
      this.fence = createFence(stack);
    }
  }

  /** What one step makes of a word. */
  static int step(int word, int round) {
    return word * 1_664_525 + 1_013_904_223 + round;
  }

  /** The step on the processor. */
  static void mix(MemorySegment words, int first, int stride, int count, int round) {
    for (long at = first; at < first + (long) stride * count; at += stride) {
      int word = words.getAtIndex(ValueLayout.JAVA_INT, at);
      words.setAtIndex(ValueLayout.JAVA_INT, at, step(word, round));
    }
  }

  /** Compares each word with what its index has become after so many rounds: "" or the first. */
  static String difference(MemorySegment words, int count, int rounds) {
    for (int at = 0; at < count; at++) {
      int expected = at;
      for (int round = 0; round < rounds; round++) {
        expected = step(expected, round);
      }
      int found = words.getAtIndex(ValueLayout.JAVA_INT, at);
      if (found != expected) {
        return "at=%d expected=%d found=%d".formatted(at, expected, found);
      }
    }
    return "";
  }

  /** The step on the device, over words of a range of the slab; returns when it has run. */
  public void run(
      Slab slab, long byteOffset, long byteSize, int first, int stride, int count, int round) {
    context.queueLock().lock();
    try (MemoryStack stack = MemoryStack.stackPush()) {
      bind(slab.vulkanWindow(byteOffset, byteSize), byteSize, stack);
      require(VK10.vkResetCommandPool(device, commandPool, 0));
      require(
          VK10.vkBeginCommandBuffer(
              commands, VkCommandBufferBeginInfo.calloc(stack).sType$Default()));
      VK10.vkCmdBindPipeline(commands, VK10.VK_PIPELINE_BIND_POINT_COMPUTE, pipeline);
      VK10.vkCmdBindDescriptorSets(
          commands, VK10.VK_PIPELINE_BIND_POINT_COMPUTE, layout, 0, stack.longs(set), null);
      VK10.vkCmdPushConstants(
          commands,
          layout,
          VK10.VK_SHADER_STAGE_COMPUTE_BIT,
          0,
          stack.ints(first, stride, count, round));
      VK10.vkCmdDispatch(commands, Math.ceilDiv(count, GROUP), 1, 1);
      showHost(stack);
      require(VK10.vkEndCommandBuffer(commands));
      submit(stack);
    } finally {
      context.queueLock().unlock();
    }
  }

  /** A fence alone does not show the processor what the device wrote. */
  private void showHost(MemoryStack stack) {
    VkMemoryBarrier.Buffer barrier = VkMemoryBarrier.calloc(1, stack);
    barrier
        .get(0)
        .sType$Default()
        .srcAccessMask(VK10.VK_ACCESS_SHADER_WRITE_BIT)
        .dstAccessMask(VK10.VK_ACCESS_HOST_READ_BIT | VK10.VK_ACCESS_HOST_WRITE_BIT);
    VK10.vkCmdPipelineBarrier(
        commands, COMPUTE, VK10.VK_PIPELINE_STAGE_HOST_BIT, 0, barrier, null, null);
  }

  private void bind(VulkanWindow window, long byteSize, MemoryStack stack) {
    VkDescriptorBufferInfo.Buffer info = VkDescriptorBufferInfo.calloc(1, stack);
    info.get(0).buffer(window.buffer()).offset(window.byteOffset()).range(byteSize);
    VkWriteDescriptorSet.Buffer write = VkWriteDescriptorSet.calloc(1, stack);
    write
        .get(0)
        .sType$Default()
        .dstSet(set)
        .descriptorCount(1)
        .descriptorType(VK10.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER)
        .pBufferInfo(info);
    VK10.vkUpdateDescriptorSets(device, write, null);
  }

  private void submit(MemoryStack stack) {
    VkSubmitInfo info =
        VkSubmitInfo.calloc(stack).sType$Default().pCommandBuffers(stack.pointers(commands));
    require(VK10.vkQueueSubmit(context.queue(), info, fence));
    require(VK10.vkWaitForFences(device, fence, true, Long.MAX_VALUE));
    require(VK10.vkResetFences(device, fence));
  }

  private long createSetLayout(MemoryStack stack) {
    VkDescriptorSetLayoutBinding.Buffer binding = VkDescriptorSetLayoutBinding.calloc(1, stack);
    binding
        .get(0)
        .descriptorType(VK10.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER)
        .descriptorCount(1)
        .stageFlags(VK10.VK_SHADER_STAGE_COMPUTE_BIT);
    LongBuffer created = stack.mallocLong(1);
    require(
        VK10.vkCreateDescriptorSetLayout(
            device,
            VkDescriptorSetLayoutCreateInfo.calloc(stack).sType$Default().pBindings(binding),
            null,
            created));
    return created.get(0);
  }

  private long createLayout(MemoryStack stack) {
    VkPushConstantRange.Buffer range = VkPushConstantRange.calloc(1, stack);
    range.get(0).stageFlags(VK10.VK_SHADER_STAGE_COMPUTE_BIT).size(4 * Integer.BYTES);
    LongBuffer created = stack.mallocLong(1);
    require(
        VK10.vkCreatePipelineLayout(
            device,
            VkPipelineLayoutCreateInfo.calloc(stack)
                .sType$Default()
                .pSetLayouts(stack.longs(setLayout))
                .pPushConstantRanges(range),
            null,
            created));
    return created.get(0);
  }

  private long createPipeline(String resource, MemoryStack stack) {
    long shader = createShader(resource, stack);
    VkPipelineShaderStageCreateInfo stage =
        VkPipelineShaderStageCreateInfo.calloc(stack)
            .sType$Default()
            .stage(VK10.VK_SHADER_STAGE_COMPUTE_BIT)
            .module(shader)
            .pName(stack.UTF8("main"));
    VkComputePipelineCreateInfo.Buffer info = VkComputePipelineCreateInfo.calloc(1, stack);
    info.get(0).sType$Default().stage(stage).layout(layout);
    LongBuffer created = stack.mallocLong(1);
    require(VK10.vkCreateComputePipelines(device, VK10.VK_NULL_HANDLE, info, null, created));
    VK10.vkDestroyShaderModule(device, shader, null);
    return created.get(0);
  }

  private long createShader(String resource, MemoryStack stack) {
    ByteBuffer code = readShader(resource);
    try {
      LongBuffer created = stack.mallocLong(1);
      require(
          VK10.vkCreateShaderModule(
              device,
              VkShaderModuleCreateInfo.calloc(stack).sType$Default().pCode(code),
              null,
              created));
      return created.get(0);
    } finally {
      MemoryUtil.memFree(code);
    }
  }

  private static ByteBuffer readShader(String resource) {
    try (InputStream in = MixShader.class.getResourceAsStream(resource)) {
      byte[] bytes = in.readAllBytes();
      return MemoryUtil.memAlloc(bytes.length).put(bytes).flip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long createDescriptorPool(MemoryStack stack) {
    VkDescriptorPoolSize.Buffer sizes = VkDescriptorPoolSize.calloc(1, stack);
    sizes.get(0).type(VK10.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER).descriptorCount(1);
    LongBuffer created = stack.mallocLong(1);
    require(
        VK10.vkCreateDescriptorPool(
            device,
            VkDescriptorPoolCreateInfo.calloc(stack).sType$Default().maxSets(1).pPoolSizes(sizes),
            null,
            created));
    return created.get(0);
  }

  private long allocateSet(MemoryStack stack) {
    LongBuffer allocated = stack.mallocLong(1);
    require(
        VK10.vkAllocateDescriptorSets(
            device,
            VkDescriptorSetAllocateInfo.calloc(stack)
                .sType$Default()
                .descriptorPool(descriptorPool)
                .pSetLayouts(stack.longs(setLayout)),
            allocated));
    return allocated.get(0);
  }

  private long createCommandPool(MemoryStack stack) {
    LongBuffer created = stack.mallocLong(1);
    require(
        VK10.vkCreateCommandPool(
            device,
            VkCommandPoolCreateInfo.calloc(stack)
                .sType$Default()
                .queueFamilyIndex(context.queueFamilyIndex()),
            null,
            created));
    return created.get(0);
  }

  private VkCommandBuffer allocateCommands(MemoryStack stack) {
    var allocated = stack.mallocPointer(1);
    require(
        VK10.vkAllocateCommandBuffers(
            device,
            VkCommandBufferAllocateInfo.calloc(stack)
                .sType$Default()
                .commandPool(commandPool)
                .level(VK10.VK_COMMAND_BUFFER_LEVEL_PRIMARY)
                .commandBufferCount(1),
            allocated));
    return new VkCommandBuffer(allocated.get(0), device);
  }

  private long createFence(MemoryStack stack) {
    LongBuffer created = stack.mallocLong(1);
    require(
        VK10.vkCreateFence(device, VkFenceCreateInfo.calloc(stack).sType$Default(), null, created));
    return created.get(0);
  }

  private static void require(int result) {
    if (result != VK10.VK_SUCCESS) {
      throw new IllegalStateException("call failed: result=" + VulkanResult.nameOf(result));
    }
  }

  @Override
  public void close() {
    VK10.vkDestroyFence(device, fence, null);
    VK10.vkDestroyCommandPool(device, commandPool, null);
    VK10.vkDestroyDescriptorPool(device, descriptorPool, null);
    VK10.vkDestroyPipeline(device, pipeline, null);
    VK10.vkDestroyPipelineLayout(device, layout, null);
    VK10.vkDestroyDescriptorSetLayout(device, setLayout, null);
  }
}
