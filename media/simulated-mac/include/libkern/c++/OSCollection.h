#pragma once

#include <libkern/c++/OSIterator.h>
#include <libkern/c++/OSString.h>

/// What collections have in common: they retain what they hold under this class's own tag.
class OSCollection : public OSObject {
    OSDeclareAbstractStructors(OSCollection)

public:
    virtual unsigned int getCount() const = 0;
    virtual void flushCollection() = 0;

KERNEL_PRIVATE:
    /// What an iterator gives for the index.
    virtual OSObject *iteratedAt(unsigned int index) const = 0;
    friend class OSCollectionIterator;

protected:
    /// Counts up with every change: an iterator that has begun is invalid then.
    unsigned int updateStamp;
};
