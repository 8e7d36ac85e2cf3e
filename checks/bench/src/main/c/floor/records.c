/* Records of words between two threads, each on a processor of its own: written and summed whole. */
#define _GNU_SOURCE
#include "floor.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#define CAPACITY ((uint64_t)64 << 20)
#define MASK (CAPACITY - 1)
/* Records between two looks at the clock. */
#define LOOK_INTERVAL 4096
#define STRIDE_WORDS 8
#define WARM_PARTS 3
/* How many times the reader pauses where its last look brought little. */
#define GATHERING_PAUSES 50
#define WORTHWHILE_BYTES 4096

struct records {
    _Alignas(128) _Atomic uint64_t tail;
    _Alignas(128) _Atomic uint64_t head;
    _Alignas(128) char *bytes;
    size_t size;
    uint64_t batch;
};

static void relax(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

static void pin(int processor)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    /* Not allowed where there is one processor; then it stays where it is. */
    (void)sched_setaffinity(0, sizeof set, &set);
}

/* Larger ones as wide as the processor is, and smaller ones by one store each, as in the other rings. */
__attribute__((optimize("O3"))) static void write_wide(uint64_t *words, size_t count, uint64_t first)
{
    for (size_t index = 0; index < count; index++)
        words[index] = first + index;
}

static void write_record(uint64_t *words, size_t count, uint64_t first)
{
    if (count > STRIDE_WORDS) {
        write_wide(words, count, first);
        return;
    }
    for (size_t index = 0; index < count; index++) {
        words[index] = first + index;
        __asm__ volatile("" : : : "memory");
    }
}

static void *feed(void *argument)
{
    struct records *ring = argument;
    uint64_t tail = 0, head = 0, number = 0;
    pin(1);
    for (;;) {
        while (tail + ring->batch * ring->size - head > CAPACITY) {
            head = atomic_load_explicit(&ring->head, memory_order_acquire);
            relax();
        }
        for (uint64_t index = 0; index < ring->batch; index++) {
            write_record((uint64_t *)(ring->bytes + (tail & MASK)), ring->size / 8, number++);
            tail += ring->size;
        }
        atomic_store_explicit(&ring->tail, tail, memory_order_release);
    }
    return NULL;
}

__attribute__((optimize("O3"))) static uint64_t sum_wide(const uint64_t *words, size_t count)
{
    uint64_t sum = 0;
    for (size_t index = 0; index < count; index++)
        sum += words[index];
    return sum;
}

static uint64_t sum_of(const uint64_t *words, size_t count)
{
    if (count > STRIDE_WORDS)
        return sum_wide(words, count);
    uint64_t sum = 0;
    for (size_t index = 0; index < count; index++) {
        sum += words[index];
        __asm__ volatile("" : "+r"(sum));
    }
    return sum;
}

/* Sums so many records; gives space back an eighth of the ring at a time, or when it finds none. */
static uint64_t drain(struct records *ring, uint64_t head, uint64_t count, uint64_t *tail)
{
    uint64_t released = head, checked = 0;
    while (count > 0) {
        if (head == *tail) {
            atomic_store_explicit(&ring->head, head, memory_order_release);
            *tail = atomic_load_explicit(&ring->tail, memory_order_acquire);
            if (*tail - head < WORTHWHILE_BYTES)
                for (int pause = 0; pause < GATHERING_PAUSES; pause++)
                    relax();
            continue;
        }
        checked += sum_of((const uint64_t *)(ring->bytes + (head & MASK)), ring->size / 8);
        head += ring->size;
        count--;
        if (head - released > CAPACITY / 8) {
            atomic_store_explicit(&ring->head, head, memory_order_release);
            released = head;
        }
    }
    __asm__ volatile("" : : "r"(checked));
    return head;
}

void measure_records(uint64_t batch, struct work work)
{
    static struct records ring;
    pthread_t writer;
    uint64_t head = 0, tail = 0, count = 0;
    int64_t from = now() + work.millis * 1000000 / WARM_PARTS, time;
    if (CAPACITY % work.size != 0 || work.size % 8 != 0 || batch < 1 || batch > 1024) {
        fprintf(stderr, "size is no power of two, or batch not 1 to 1024\n");
        exit(2);
    }
    ring.bytes = mmap(NULL, CAPACITY, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    ring.size = work.size;
    ring.batch = batch;
    if (ring.bytes == MAP_FAILED)
        fail("mmap");
    if (pthread_create(&writer, NULL, feed, &ring) != 0)
        fail("pthread_create");
    /* Afterwards: a writer that began on the reader's processor might never come to leave it. */
    pin(0);
    while (now() < from)
        head = drain(&ring, head, LOOK_INTERVAL, &tail);
    from = now();
    do {
        head = drain(&ring, head, LOOK_INTERVAL, &tail);
        count += LOOK_INTERVAL;
        time = now();
    } while (time - from < work.millis * 1000000);
    printf("{\"MESSAGES\": %.1f}\n", (double)count * 1e9 / (double)(time - from));
}
