// A process's connection to a service.
#pragma once

#include <IOKit/IOService.h>

enum { kIOUCVariableStructureSize = 0xffffffff };

/// What a call brings and takes back. Structures come inline: the Simulated Mac makes no memory descriptors.
struct IOExternalMethodArguments {
    uint32_t version;
    uint32_t selector;
    const uint64_t *scalarInput;
    uint32_t scalarInputCount;
    const void *structureInput;
    uint32_t structureInputSize;
    uint64_t *scalarOutput;
    uint32_t scalarOutputCount;
    void *structureOutput;
    uint32_t structureOutputSize;
};

typedef IOReturn (*IOExternalMethodAction)(OSObject *target, void *reference, IOExternalMethodArguments *arguments);

struct IOExternalMethodDispatch {
    IOExternalMethodAction function;
    uint32_t checkScalarInputCount;
    uint32_t checkStructureInputSize;
    uint32_t checkScalarOutputCount;
    uint32_t checkStructureOutputSize;
};

class IOUserClient : public IOService {
    OSDeclareAbstractStructors(IOUserClient)

public:
    virtual bool initWithTask(task_t owningTask, void *securityID, UInt32 type, OSDictionary *properties);
    virtual bool initWithTask(task_t owningTask, void *securityID, UInt32 type);
    virtual IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                    IOExternalMethodDispatch *dispatch = NULL, OSObject *target = NULL,
                                    void *reference = NULL);
    /// The process closed its connection. The default does nothing and leaves the object attached.
    virtual IOReturn clientClose();
    /// The process died with the connection open.
    virtual IOReturn clientDied();

    KERNEL_PRIVATE :
        /// External methods that are running: finalize waits for them.
        UInt32 __ipc;
    bool __locked;
    bool closed;
};
