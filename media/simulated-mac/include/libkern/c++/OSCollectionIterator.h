#pragma once

#include <libkern/c++/OSCollection.h>
#include <libkern/c++/OSIterator.h>

class OSCollectionIterator : public OSIterator {
    OSDeclareDefaultStructors(OSCollectionIterator)

public:
    static OSCollectionIterator *withCollection(const OSCollection *collection);
    virtual bool initWithCollection(const OSCollection *collection);
    void free() override;
    void reset() override;
    bool isValid() override;
    OSObject *getNextObject() override;

private:
    const OSCollection *collection;
    unsigned int position;
    unsigned int initialUpdateStamp;
};
