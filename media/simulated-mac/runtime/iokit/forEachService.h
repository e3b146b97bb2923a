// A loop over services. The iterator walks a copy, which keeps each service alive while the body runs.
#pragma once

#include "../kernelHeaders.h"

namespace kernel {

/// Calls `body` for every object of the iterator that is an IOService, and releases the iterator.
template <typename Body> void forEachService(OSIterator *iterator, Body body) {
    while (OSObject *object = iterator->getNextObject())
        if (IOService *service = OSDynamicCast(IOService, object))
            body(service);
    iterator->release();
}
} // namespace kernel
