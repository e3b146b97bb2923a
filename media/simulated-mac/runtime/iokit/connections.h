// Processes and the user clients that they have open.
#pragma once

#include "../kernelHeaders.h"

#include <string>
#include <vector>

struct task {
    uint64_t pid;
    std::string name;
};

/// Arguments and results of one external method.
struct Call {
    uint32_t selector;
    std::vector<uint64_t> scalars;
    std::string structure;
    std::vector<uint64_t> scalarOutputs;
    std::string structureOutput;
};

class Connections {
public:
    /// Opens the first active registered service of that class, in the order of the registry.
    static IOReturn open(uint64_t connection, uint64_t pid, const std::string &process, const char *serviceClass,
                         UInt32 type);
    static IOReturn call(uint64_t connection, Call &call);
    static IOReturn close(uint64_t connection);
    /// The process ends: what it left open learns that its client died.
    static void quit(uint64_t pid);
    /// A terminated service loses its port, and with it the reference that the process's connection held.
    static void destroyPorts(IOService *service);
};
