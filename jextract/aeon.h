/* Everything the bindings are generated from. */
#include "aeon/descriptor.h"
#include "aeon/poll.h"
#include "aeon/shm.h"
#include "aeon/stream.h"
#include "aeon/tcp.h"
#include "aeon/unix.h"
#include "aeon/vk.h"
#include "aeon/wake.h"
