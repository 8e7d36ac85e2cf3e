package dev.aeon.slabs.interpreter;

import dev.aeon.slabs.memory.VulkanContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkComputePipelineCreateInfo;
import org.lwjgl.vulkan.VkDescriptorSetLayoutBinding;
import org.lwjgl.vulkan.VkDescriptorSetLayoutCreateInfo;
import org.lwjgl.vulkan.VkDevice;
import org.lwjgl.vulkan.VkPipelineLayoutCreateInfo;
import org.lwjgl.vulkan.VkPipelineShaderStageCreateInfo;
import org.lwjgl.vulkan.VkPushConstantRange;
import org.lwjgl.vulkan.VkShaderModuleCreateInfo;

/** The interpreter's shader as a pipeline of one device. */
final class VulkanProgramPipeline implements AutoCloseable {
  static final int BINDINGS = 4;
  static final int PUSH_BYTES = 7 * Integer.BYTES;
  private static final String SHADER = "interpreter.spv";

  private final VkDevice device;
  private final long setLayout;
  private final long layout;
  private final long pipeline;

  VulkanProgramPipeline(VulkanContext context) {
    this.device = context.device();
    try (MemoryStack stack = MemoryStack.stackPush()) {
      this.setLayout = createSetLayout(stack);
      this.layout = createLayout(stack);
      this.pipeline = createPipeline(stack);
    }
  }

  private long createSetLayout(MemoryStack stack) {
    VkDescriptorSetLayoutBinding.Buffer bindings =
        VkDescriptorSetLayoutBinding.calloc(BINDINGS, stack);
    for (int i = 0; i < BINDINGS; i++) {
      bindings
          .get(i)
          .binding(i)
          .descriptorType(VK10.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER)
          .descriptorCount(1)
          .stageFlags(VK10.VK_SHADER_STAGE_COMPUTE_BIT);
    }
    LongBuffer created = stack.mallocLong(1);
    VulkanCalls.require(
        VK10.vkCreateDescriptorSetLayout(
            device,
            VkDescriptorSetLayoutCreateInfo.calloc(stack).sType$Default().pBindings(bindings),
            null,
            created),
        "vkCreateDescriptorSetLayout");
    return created.get(0);
  }

  private long createLayout(MemoryStack stack) {
    VkPushConstantRange.Buffer range = VkPushConstantRange.calloc(1, stack);
    range.get(0).stageFlags(VK10.VK_SHADER_STAGE_COMPUTE_BIT).size(PUSH_BYTES);
    LongBuffer created = stack.mallocLong(1);
    VulkanCalls.require(
        VK10.vkCreatePipelineLayout(
            device,
            VkPipelineLayoutCreateInfo.calloc(stack)
                .sType$Default()
                .pSetLayouts(stack.longs(setLayout))
                .pPushConstantRanges(range),
            null,
            created),
        "vkCreatePipelineLayout");
    return created.get(0);
  }

  private long createPipeline(MemoryStack stack) {
    long shader = createShader(stack);
    try {
      VkPipelineShaderStageCreateInfo stage =
          VkPipelineShaderStageCreateInfo.calloc(stack)
              .sType$Default()
              .stage(VK10.VK_SHADER_STAGE_COMPUTE_BIT)
              .module(shader)
              .pName(stack.UTF8("main"));
      VkComputePipelineCreateInfo.Buffer info = VkComputePipelineCreateInfo.calloc(1, stack);
      info.get(0).sType$Default().stage(stage).layout(layout);
      LongBuffer created = stack.mallocLong(1);
      VulkanCalls.require(
          VK10.vkCreateComputePipelines(device, VK10.VK_NULL_HANDLE, info, null, created),
          "vkCreateComputePipelines");
      return created.get(0);
    } finally {
      VK10.vkDestroyShaderModule(device, shader, null);
    }
  }

  private long createShader(MemoryStack stack) {
    ByteBuffer code = readShader();
    try {
      LongBuffer created = stack.mallocLong(1);
      VulkanCalls.require(
          VK10.vkCreateShaderModule(
              device,
              VkShaderModuleCreateInfo.calloc(stack).sType$Default().pCode(code),
              null,
              created),
          "vkCreateShaderModule");
      return created.get(0);
    } finally {
      MemoryUtil.memFree(code);
    }
  }

  private static ByteBuffer readShader() {
    try (InputStream in = VulkanProgramPipeline.class.getResourceAsStream(SHADER)) {
      if (in == null) {
        throw new IllegalStateException("the shader was not built, resource=" + SHADER);
      }
      byte[] bytes = in.readAllBytes();
      return MemoryUtil.memAlloc(bytes.length).put(bytes).flip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long setLayout() {
    return setLayout;
  }

  long layout() {
    return layout;
  }

  long pipeline() {
    return pipeline;
  }

  @Override
  public void close() {
    VK10.vkDestroyPipeline(device, pipeline, null);
    VK10.vkDestroyPipelineLayout(device, layout, null);
    VK10.vkDestroyDescriptorSetLayout(device, setLayout, null);
  }
}
