/*
 * Vulkan buffers on a driver of the test's own: it hands out plain memory, counts what is alive, and
 * fails where it is told to, so that every way out is seen to leave nothing behind.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define VK_NO_PROTOTYPES
#include <vulkan/vulkan_core.h>

#include "aeon/vk.h"
#include "check.h"

static int alive_buffers;
static int alive_memory;
static VkResult bind_result;
static VkResult map_result;
static VkResult allocate_result;
static int has_import;
static int has_passing;
static uint32_t expected_type = 1;
static int taken_descriptor = -1;
static char pages[65536] __attribute__((aligned(4096)));

static void get_memory_properties(VkPhysicalDevice device, VkPhysicalDeviceMemoryProperties *out) {
  (void)device;
  memset(out, 0, sizeof *out);
  out->memoryTypeCount = 2;
  out->memoryTypes[0].propertyFlags = VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT;
  out->memoryTypes[1].propertyFlags =
      VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
}

static void get_properties(VkPhysicalDevice device, VkPhysicalDeviceProperties2 *out) {
  (void)device;
  VkPhysicalDeviceExternalMemoryHostPropertiesEXT *host = out->pNext;
  host->minImportedHostPointerAlignment = 4096;
}

static VkResult create_buffer(VkDevice device, const VkBufferCreateInfo *info,
                              const VkAllocationCallbacks *callbacks, VkBuffer *buffer) {
  (void)device, (void)callbacks;
  CHECK(info->usage & VK_BUFFER_USAGE_STORAGE_BUFFER_BIT);
  alive_buffers++;
  *buffer = (VkBuffer)(uintptr_t)1;
  return VK_SUCCESS;
}

static void destroy_buffer(VkDevice device, VkBuffer buffer, const VkAllocationCallbacks *c) {
  (void)device, (void)buffer, (void)c;
  alive_buffers--;
}

static void get_requirements(VkDevice device, VkBuffer buffer, VkMemoryRequirements *out) {
  (void)device, (void)buffer;
  out->size = 4096;
  out->alignment = 64;
  out->memoryTypeBits = 3;
}

static VkResult allocate_memory(VkDevice device, const VkMemoryAllocateInfo *info,
                                const VkAllocationCallbacks *c, VkDeviceMemory *memory) {
  (void)device, (void)c;
  CHECK(info->memoryTypeIndex == expected_type);
  if (allocate_result == VK_SUCCESS) {
    const VkImportMemoryFdInfoKHR *import = info->pNext;
    if (import != NULL && import->sType == VK_STRUCTURE_TYPE_IMPORT_MEMORY_FD_INFO_KHR) {
      taken_descriptor = import->fd;
    }
    alive_memory++;
    *memory = (VkDeviceMemory)(uintptr_t)2;
  }
  return allocate_result;
}

static void free_memory(VkDevice device, VkDeviceMemory memory, const VkAllocationCallbacks *c) {
  (void)device, (void)memory, (void)c;
  alive_memory--;
}

static VkResult bind_buffer(VkDevice d, VkBuffer b, VkDeviceMemory m, VkDeviceSize offset) {
  (void)d, (void)b, (void)m, (void)offset;
  return bind_result;
}

static VkResult map_memory(VkDevice d, VkDeviceMemory m, VkDeviceSize offset, VkDeviceSize size,
                           VkMemoryMapFlags flags, void **out) {
  (void)d, (void)m, (void)offset, (void)size, (void)flags;
  *out = pages;
  return map_result;
}

static VkResult get_host_pointer(VkDevice d, VkExternalMemoryHandleTypeFlagBits type,
                                 const void *pointer, VkMemoryHostPointerPropertiesEXT *out) {
  (void)d, (void)type, (void)pointer;
  out->memoryTypeBits = 2;
  return VK_SUCCESS;
}

static VkResult get_memory_fd(VkDevice d, const VkMemoryGetFdInfoKHR *info, int *descriptor) {
  (void)d;
  CHECK(info->memory == (VkDeviceMemory)(uintptr_t)2);
  *descriptor = open("/dev/null", O_RDWR);
  return VK_SUCCESS;
}

static PFN_vkVoidFunction find_in_device(VkDevice device, const char *name) {
  (void)device;
#define IS(n, f) \
  if (strcmp(name, n) == 0) return (PFN_vkVoidFunction)(f)
  IS("vkCreateBuffer", create_buffer);
  IS("vkDestroyBuffer", destroy_buffer);
  IS("vkGetBufferMemoryRequirements", get_requirements);
  IS("vkAllocateMemory", allocate_memory);
  IS("vkFreeMemory", free_memory);
  IS("vkBindBufferMemory", bind_buffer);
  IS("vkMapMemory", map_memory);
  if (has_import) {
    IS("vkGetMemoryHostPointerPropertiesEXT", get_host_pointer);
  }
  if (has_passing) {
    IS("vkGetMemoryFdKHR", get_memory_fd);
  }
  return NULL;
}

static PFN_vkVoidFunction find(VkInstance instance, const char *name) {
  (void)instance;
  IS("vkGetDeviceProcAddr", find_in_device);
  IS("vkGetPhysicalDeviceMemoryProperties", get_memory_properties);
  IS("vkGetPhysicalDeviceProperties2", get_properties);
  return NULL;
}

static const struct aeon_vk_device *device(void) {
  static struct aeon_vk_device handles = {.instance = 1, .physical_device = 1, .device = 1};
  handles.get_instance_proc_addr = (uint64_t)(uintptr_t)find;
  return &handles;
}

static void reset(void) {
  bind_result = map_result = allocate_result = VK_SUCCESS;
  has_import = has_passing = 1;
  expected_type = 1;
}

static void an_allocation_is_mapped_and_freed(void) {
  struct aeon_vk_buffer buffer;
  CHECK(aeon_vk_buffer_allocate(device(), 1000, AEON_VK_PLACE_HOST, &buffer) == 0);
  CHECK(buffer.mapped_address == (uint64_t)(uintptr_t)pages && buffer.byte_size == 1000);
  CHECK(buffer.properties == AEON_VK_COHERENT);
  CHECK(aeon_vk_buffer_free(device(), &buffer) == 0);
  CHECK(alive_buffers == 0 && alive_memory == 0);
}

static void every_failure_leaves_nothing(VkResult *step, VkResult result) {
  struct aeon_vk_buffer buffer;
  *step = result;
  CHECK(aeon_vk_buffer_allocate(device(), 1000, AEON_VK_PLACE_HOST, &buffer) == AEON_VK_RESULT_BASE + result);
  CHECK(alive_buffers == 0 && alive_memory == 0 && buffer.buffer == 0);
  reset();
}

static void imports_are_checked_before_the_driver(void) {
  struct aeon_vk_buffer buffer;
  uint64_t address = (uint64_t)(uintptr_t)pages;
  CHECK(aeon_vk_buffer_import(device(), address + 64, 4096, &buffer) == -EINVAL);
  CHECK(aeon_vk_buffer_import(device(), address, 4095, &buffer) == -EINVAL);
  CHECK(aeon_vk_buffer_import(device(), address, 0, &buffer) == -EINVAL);
  CHECK(aeon_vk_buffer_import(device(), 0, 4096, &buffer) == -EINVAL);
  has_import = 0;
  CHECK(aeon_vk_buffer_import(device(), address, 4096, &buffer) == -ENOTSUP);
  reset();
  CHECK(aeon_vk_buffer_import(device(), address, 8192, &buffer) == 0);
  CHECK(buffer.properties == (AEON_VK_COHERENT | AEON_VK_IMPORTED));
  CHECK(aeon_vk_buffer_free(device(), &buffer) == 0);
  CHECK(alive_buffers == 0 && alive_memory == 0);
}

static void null_handles_are_refused(void) {
  struct aeon_vk_buffer buffer;
  struct aeon_vk_device nothing = {0};
  CHECK(aeon_vk_buffer_allocate(&nothing, 1000, AEON_VK_PLACE_HOST, &buffer) == -EINVAL);
  CHECK(aeon_vk_buffer_allocate(device(), 0, AEON_VK_PLACE_HOST, &buffer) == -EINVAL);
}

static void device_memory_is_not_mapped(void) {
  struct aeon_vk_buffer buffer;
  expected_type = 0;
  CHECK(aeon_vk_buffer_allocate(device(), 1000, AEON_VK_PLACE_DEVICE, &buffer) == 0);
  CHECK(buffer.mapped_address == 0 && buffer.properties == AEON_VK_DEVICE_LOCAL);
  CHECK(aeon_vk_buffer_free(device(), &buffer) == 0);
  reset();
}

static void a_place_that_the_device_lacks_is_refused(void) {
  struct aeon_vk_buffer buffer;
  CHECK(aeon_vk_buffer_allocate(device(), 1000, AEON_VK_PLACE_DEVICE_MAPPED, &buffer) ==
        AEON_VK_RESULT_BASE + VK_ERROR_FEATURE_NOT_PRESENT);
  CHECK(aeon_vk_buffer_allocate(device(), 1000, AEON_VK_PLACE_DEVICE + 1, &buffer) == -EINVAL);
  CHECK(alive_buffers == 0 && alive_memory == 0);
}

static int open_descriptors(void) {
  int count = 0;
  for (int i = 0; i < 64; i++) {
    count += fcntl(i, F_GETFD) >= 0;
  }
  return count;
}

static void exported_memory_is_taken_in_by_its_descriptor(void) {
  struct aeon_vk_buffer buffer;
  struct aeon_vk_buffer other;
  int before = open_descriptors();
  CHECK(aeon_vk_buffer_allocate_exportable(device(), 1000, &buffer) == 0);
  int32_t descriptor = aeon_vk_buffer_export(device(), &buffer);
  CHECK(descriptor >= 0);
  CHECK(aeon_vk_buffer_import_exported(device(), descriptor, 1000, &other) == 0);
  CHECK(other.properties == (AEON_VK_COHERENT | AEON_VK_IMPORTED));
  CHECK(taken_descriptor >= 0 && taken_descriptor != descriptor);
  close(taken_descriptor);
  allocate_result = VK_ERROR_INVALID_EXTERNAL_HANDLE;
  CHECK(aeon_vk_buffer_import_exported(device(), descriptor, 1000, &other) ==
        AEON_VK_RESULT_BASE + VK_ERROR_INVALID_EXTERNAL_HANDLE);
  reset();
  close(descriptor);
  CHECK(aeon_vk_buffer_import_exported(device(), descriptor, 1000, &other) == -EBADF);
  has_passing = 0;
  CHECK(aeon_vk_buffer_allocate_exportable(device(), 1000, &other) == -ENOTSUP);
  CHECK(aeon_vk_buffer_export(device(), &buffer) == -ENOTSUP);
  reset();
  CHECK(aeon_vk_buffer_free(device(), &buffer) == 0);
  CHECK(aeon_vk_buffer_free(device(), &buffer) == 0);
  CHECK(alive_buffers == 0 && alive_memory == 0);
  CHECK(open_descriptors() == before);
}

int main(void) {
  reset();
  device_memory_is_not_mapped();
  a_place_that_the_device_lacks_is_refused();
  exported_memory_is_taken_in_by_its_descriptor();
  an_allocation_is_mapped_and_freed();
  every_failure_leaves_nothing(&allocate_result, VK_ERROR_OUT_OF_DEVICE_MEMORY);
  every_failure_leaves_nothing(&bind_result, VK_ERROR_OUT_OF_HOST_MEMORY);
  every_failure_leaves_nothing(&map_result, VK_ERROR_MEMORY_MAP_FAILED);
  imports_are_checked_before_the_driver();
  null_handles_are_refused();
  return 0;
}
