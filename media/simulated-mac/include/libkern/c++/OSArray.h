#pragma once

#include <libkern/c++/OSCollection.h>

class OSArray : public OSCollection {
    OSDeclareDefaultStructors(OSArray)

public:
    static OSArray *withCapacity(unsigned int capacity);
    static OSArray *withArray(const OSArray *array, unsigned int capacity = 0);
    virtual bool initWithCapacity(unsigned int capacity);
    void free() override;

    unsigned int getCount() const override;
    void flushCollection() override;
    virtual bool setObject(const OSMetaClassBase *object);
    virtual bool setObject(unsigned int index, const OSMetaClassBase *object);
    virtual bool merge(const OSArray *other);
    virtual void removeObject(unsigned int index);
    virtual OSObject *getObject(unsigned int index) const;
    virtual OSObject *getLastObject() const;
    /// The first index from `index` on that holds `object`; (unsigned int)-1 when there is none.
    virtual unsigned int getNextIndexOfObject(const OSMetaClassBase *object, unsigned int index) const;

protected:
    OSObject *iterated(unsigned int index) const override;

private:
    bool grow(unsigned int atLeast);
    const OSMetaClassBase **array;
    unsigned int count;
    unsigned int capacity;
};
