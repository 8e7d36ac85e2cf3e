// Takes every stride-th word from the first through one step of a sequence; tests do the same in Java.
#version 450

layout(local_size_x = 64) in;

layout(std430, set = 0, binding = 0) buffer Words { uint words[]; };

layout(push_constant) uniform Step {
  uint first;
  uint stride;
  uint count;
  uint round;
};

void main() {
  uint index = gl_GlobalInvocationID.x;
  if (index < count) {
    uint at = first + index * stride;
    words[at] = words[at] * 1664525u + 1013904223u + round;
  }
}
