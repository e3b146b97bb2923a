// What ends a kernel, each on a line that the test finds by the words behind it.
#include "Driver.h"

TEST_DRIVER_CLASSES

class FaultsThing : public OSObject {
    OSDeclareDefaultStructors(FaultsThing)
    char room[1 << 20];
};

class Faults : public TestDriver {
    OSDeclareDefaultStructors(Faults)

public:
    IOReturn call(uint32_t selector, uint64_t argument, uint64_t *result) override;
};

OSDefineMetaClassAndStructors(FaultsThing, OSObject)
OSDefineMetaClassAndStructors(Faults, TestDriver)

static volatile int number;

static void step(int by)
{
    number = number + by;
}

static void compute()
{ // compute
    for (;;) {
        number = number + 1;
        number = number * 3;
        number = number ^ 5;
        number = number / 7;
        number = number + 11;
    }
}

static void outer(void (*body)())
{
    step(1);
    body(); // outer
}

static void callsAlways()
{ // callsAlways
    for (;;) {
        step(1);
        step(2);
    }
}

static void logs()
{ // logs
    for (;;)
        IOLog("spam %u of %s\n", number, "Faults");
}

static int deep(int depth)
{
    return depth == 0 ? number : deep(depth - 1) + 1;
}

static void recurses()
{ // recurses
    for (;;)
        deep(500);
}

static void busiesTheHost()
{ // busiesTheHost
    for (;;)
        IOFree(IOMalloc(1 << 24), 1 << 24);
}

static void fills()
{ // fills
    static char room[1 << 20];
    for (;;)
        bzero(room, sizeof room);
}

IOReturn Faults::call(uint32_t selector, uint64_t argument, uint64_t *result)
{
    char *memory = (char *)IOMalloc(argument);
    switch (selector) {
    case 0:
        outer(compute);
        break;
    case 1:
        outer(callsAlways);
        break;
    case 2:
        outer(logs);
        break;
    case 3:
        outer(fills);
        break;
    case 18:
        outer(recurses);
        break;
    case 19:
        outer(busiesTheHost);
        break;
    case 4: // whatever there is
        while (char *more = (char *)IOMalloc(1 << 24)) {
            bzero(more, 1 << 24);
            *result += 1;
        }
        break;
    case 5: // more than there is, but for what was given back
        for (int i = 0; i < 200; i++) {
            char *more = (char *)IOMalloc(1 << 24);
            *result += more != NULL;
            IOFree(more, 1 << 24);
        }
        break;
    case 6:
        for (;;)
            new FaultsThing; // no memory for an object
    case 7:
        for (;;)
            number = number + *new char[1 << 20]; // no memory for new
    case 8:
        IOFree(memory, argument);
        IOFree(memory, argument); // freed twice
        break;
    case 9:
        memory[argument] = 1;
        IOFree(memory, argument); // overrun
        break;
    case 10:
        IOFree(&argument, sizeof argument); // not from IOMalloc
        break;
    case 11:
        memory[-1] = 1;
        IOFree(memory, argument); // underrun
        break;
    case 12:
        panic("mine %d\n", 3); // panic
    case 13:
#if defined(__x86_64__)
        asm volatile("cli"); // privileged
#endif
        break;
    case 14:
        ((void (*)())NULL)(); // NULL is called
        break;
    case 15:
        IOLog("%s", (const char *)0x10); // in libc
        break;
    case 16:
        bzero((void *)0x10, argument); // in a leaf of libc
        break;
#if defined(__x86_64__)
    case 17: // ends the process: exit_group
        asm volatile("syscall" ::"a"(231), "D"(argument));
#endif
    }
    return kIOReturnSuccess;
}
