#pragma once

#include <libkern/c++/OSCollection.h>

class OSArray : public OSCollection {
    OSDeclareDefaultStructors(OSArray)

public:
    static OSArray *withCapacity(unsigned int capacity);
    void free() override;

    unsigned int getCount() const override { return count; }
    void flushCollection() override;
    virtual bool setObject(const OSMetaClassBase *object);
    virtual bool setObject(unsigned int index, const OSMetaClassBase *object);
    virtual void removeObject(unsigned int index);
    virtual OSObject *getObject(unsigned int index) const;
    /// The first index from `index` on that holds `object`; (unsigned int)-1 when there is none.
    virtual unsigned int getNextIndexOfObject(const OSMetaClassBase *object, unsigned int index) const;

KERNEL_PRIVATE:
    OSObject *iteratedAt(unsigned int index) const override { return getObject(index); }

private:
    const OSMetaClassBase **array;
    unsigned int count;
    unsigned int capacity;
};
