#include <errno.h>
#include <string.h>

#include "functions.h"

static const VkBufferUsageFlags USAGE = VK_BUFFER_USAGE_STORAGE_BUFFER_BIT |
                                        VK_BUFFER_USAGE_TRANSFER_SRC_BIT |
                                        VK_BUFFER_USAGE_TRANSFER_DST_BIT;
static const VkMemoryPropertyFlags NEEDED =
    VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;

static int32_t failure(VkResult result) { return AEON_VK_RESULT_BASE + (int32_t)result; }

/*
 * The best allowed memory type that has all needed properties: one that the processor caches wins over
 * one that it does not, device-local over not.
 */
static int32_t choose_type(const struct functions *f, uint32_t allowed, VkMemoryPropertyFlags *flags) {
  VkPhysicalDeviceMemoryProperties memory;
  f->get_memory_properties(f->physical_device, &memory);
  int32_t best = -1;
  int best_score = -1;
  for (uint32_t i = 0; i < memory.memoryTypeCount; i++) {
    VkMemoryPropertyFlags properties = memory.memoryTypes[i].propertyFlags;
    if (!(allowed & (1u << i)) || (properties & NEEDED) != NEEDED) {
      continue;
    }
    int score = ((properties & VK_MEMORY_PROPERTY_HOST_CACHED_BIT) != 0) * 2 +
                ((properties & VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT) != 0);
    if (score > best_score) {
      best = (int32_t)i;
      best_score = score;
      *flags = properties;
    }
  }
  return best;
}

static uint32_t describe(VkMemoryPropertyFlags flags) {
  return ((flags & VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT) ? AEON_VK_DEVICE_LOCAL : 0u) |
         ((flags & VK_MEMORY_PROPERTY_HOST_COHERENT_BIT) ? AEON_VK_COHERENT : 0u);
}

static VkResult create_buffer(const struct functions *f, const void *chain, uint64_t byte_size,
                              VkBuffer *buffer) {
  VkBufferCreateInfo info = {.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO,
                             .pNext = chain,
                             .size = byte_size,
                             .usage = USAGE,
                             .sharingMode = VK_SHARING_MODE_EXCLUSIVE};
  return f->create_buffer(f->device, &info, NULL, buffer);
}

/* Binds and maps; on failure nothing is left behind. */
static int32_t bind_and_map(const struct functions *f, VkBuffer handle, VkDeviceMemory memory,
                            struct aeon_vk_buffer *buffer) {
  void *mapped = NULL;
  VkResult result = f->bind_buffer(f->device, handle, memory, 0);
  if (result == VK_SUCCESS) {
    result = f->map_memory(f->device, memory, 0, VK_WHOLE_SIZE, 0, &mapped);
  }
  if (result != VK_SUCCESS) {
    f->destroy_buffer(f->device, handle, NULL);
    f->free_memory(f->device, memory, NULL);
    return failure(result);
  }
  buffer->buffer = (uint64_t)handle;
  buffer->memory = (uint64_t)memory;
  buffer->mapped_address = (uint64_t)(uintptr_t)mapped;
  return 0;
}

int32_t aeon_vk_buffer_allocate(const struct aeon_vk_device *device, uint64_t byte_size,
                                struct aeon_vk_buffer *buffer) {
  struct functions f;
  memset(buffer, 0, sizeof *buffer);
  int32_t found = byte_size == 0 ? -EINVAL : aeon_vk_find_functions(device, &f);
  if (found < 0) {
    return found;
  }
  VkBuffer handle;
  VkResult result = create_buffer(&f, NULL, byte_size, &handle);
  if (result != VK_SUCCESS) {
    return failure(result);
  }
  VkMemoryRequirements needs;
  f.get_requirements(f.device, handle, &needs);
  VkMemoryPropertyFlags flags = 0;
  int32_t type = choose_type(&f, needs.memoryTypeBits, &flags);
  VkDeviceMemory memory;
  VkMemoryAllocateInfo info = {.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO,
                               .allocationSize = needs.size,
                               .memoryTypeIndex = (uint32_t)type};
  result = type < 0 ? VK_ERROR_FEATURE_NOT_PRESENT
                    : f.allocate_memory(f.device, &info, NULL, &memory);
  if (result != VK_SUCCESS) {
    f.destroy_buffer(f.device, handle, NULL);
    return failure(result);
  }
  buffer->byte_size = byte_size;
  buffer->properties = describe(flags);
  return bind_and_map(&f, handle, memory, buffer);
}

/* What importing must be a multiple of, as the device says. */
static uint64_t import_alignment(const struct functions *f) {
  VkPhysicalDeviceExternalMemoryHostPropertiesEXT host = {
      .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_EXTERNAL_MEMORY_HOST_PROPERTIES_EXT};
  VkPhysicalDeviceProperties2 properties = {
      .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2, .pNext = &host};
  f->get_properties(f->physical_device, &properties);
  return host.minImportedHostPointerAlignment;
}

static int is_importable(const struct functions *f, uint64_t address, uint64_t byte_size) {
  uint64_t alignment = import_alignment(f);
  return alignment != 0 && byte_size != 0 && address != 0 && address % alignment == 0 &&
         byte_size % alignment == 0;
}

int32_t aeon_vk_buffer_import(const struct aeon_vk_device *device, uint64_t address,
                              uint64_t byte_size, struct aeon_vk_buffer *buffer) {
  const VkExternalMemoryHandleTypeFlagBits host_pages =
      VK_EXTERNAL_MEMORY_HANDLE_TYPE_HOST_ALLOCATION_BIT_EXT;
  struct functions f;
  memset(buffer, 0, sizeof *buffer);
  int32_t found = aeon_vk_find_functions(device, &f);
  if (found < 0) {
    return found;
  }
  if (f.get_host_pointer_properties == NULL) {
    return -ENOTSUP;
  }
  if (!is_importable(&f, address, byte_size)) {
    return -EINVAL;
  }
  VkExternalMemoryBufferCreateInfo external = {
      .sType = VK_STRUCTURE_TYPE_EXTERNAL_MEMORY_BUFFER_CREATE_INFO, .handleTypes = host_pages};
  VkBuffer handle;
  VkResult result = create_buffer(&f, &external, byte_size, &handle);
  if (result != VK_SUCCESS) {
    return failure(result);
  }
  VkMemoryRequirements needs;
  f.get_requirements(f.device, handle, &needs);
  VkMemoryHostPointerPropertiesEXT pointer = {
      .sType = VK_STRUCTURE_TYPE_MEMORY_HOST_POINTER_PROPERTIES_EXT};
  void *pages = (void *)(uintptr_t)address;
  VkMemoryPropertyFlags flags = 0;
  VkDeviceMemory memory;
  result = f.get_host_pointer_properties(f.device, host_pages, pages, &pointer);
  int32_t type = choose_type(&f, needs.memoryTypeBits & pointer.memoryTypeBits, &flags);
  if (result == VK_SUCCESS && type < 0) {
    result = VK_ERROR_FEATURE_NOT_PRESENT;
  }
  if (result == VK_SUCCESS) {
    VkImportMemoryHostPointerInfoEXT import = {
        .sType = VK_STRUCTURE_TYPE_IMPORT_MEMORY_HOST_POINTER_INFO_EXT,
        .handleType = host_pages,
        .pHostPointer = pages};
    VkMemoryAllocateInfo info = {.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO,
                                 .pNext = &import,
                                 .allocationSize = byte_size,
                                 .memoryTypeIndex = (uint32_t)type};
    result = f.allocate_memory(f.device, &info, NULL, &memory);
  }
  if (result != VK_SUCCESS) {
    f.destroy_buffer(f.device, handle, NULL);
    return failure(result);
  }
  buffer->byte_size = byte_size;
  buffer->properties = describe(flags) | AEON_VK_IMPORTED;
  return bind_and_map(&f, handle, memory, buffer);
}

int32_t aeon_vk_buffer_free(const struct aeon_vk_device *device,
                            const struct aeon_vk_buffer *buffer) {
  struct functions f;
  int32_t found = aeon_vk_find_functions(device, &f);
  if (found < 0) {
    return found;
  }
  f.destroy_buffer(f.device, (VkBuffer)buffer->buffer, NULL);
  f.free_memory(f.device, (VkDeviceMemory)buffer->memory, NULL);
  return 0;
}
