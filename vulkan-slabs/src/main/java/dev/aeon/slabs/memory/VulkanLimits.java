package dev.aeon.slabs.memory;

/**
 * Limits of a Vulkan device that bind slabs and the programs over them. SPI of the interpreter.
 *
 * @param maxStorageBufferRangeBytes the largest window of a buffer one descriptor may show
 * @param minStorageBufferOffsetAlignmentBytes what the offset of such a window is a multiple of
 * @param maxAllocationBytes the largest single allocation
 * @param minImportedHostPointerAlignmentBytes what imported host pages align to, 0 where the device
 *     imports none
 * @param maxPushConstantBytes bytes of push constants
 * @param maxWorkgroupInvocations invocations in one work group
 * @param maxWorkgroupSizeX invocations in the first dimension of one work group
 * @param maxWorkgroupCountX work groups in the first dimension of one dispatch
 * @param maxSharedMemoryBytes shared memory of one work group
 */
public record VulkanLimits(
    long maxStorageBufferRangeBytes,
    long minStorageBufferOffsetAlignmentBytes,
    long maxAllocationBytes,
    long minImportedHostPointerAlignmentBytes,
    int maxPushConstantBytes,
    int maxWorkgroupInvocations,
    int maxWorkgroupSizeX,
    int maxWorkgroupCountX,
    int maxSharedMemoryBytes) {}
