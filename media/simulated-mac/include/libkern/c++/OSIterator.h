#pragma once

#include <libkern/c++/OSObject.h>
#include <libkern/c++/OSSharedPtr.h>

class OSCollection;

/// Walks over what a collection holds.
class OSIterator : public OSObject {
    OSDeclareAbstractStructors(OSIterator)

public:
    virtual void reset() = 0;
    virtual bool isValid() = 0;
    /// Without a reference; NULL at the end, and when the collection was changed.
    virtual OSObject *getNextObject() = 0;
};

class OSCollectionIterator : public OSIterator {
    OSDeclareDefaultStructors(OSCollectionIterator)

public:
    static OSCollectionIterator *withCollection(const OSCollection *collection);
    void reset() override;
    bool isValid() override;
    OSObject *getNextObject() override;

private:
    OSSharedPtr<const OSCollection> collection;
    unsigned int next, updates;
};
