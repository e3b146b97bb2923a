#pragma once

#include <libkern/c++/OSCollection.h>

class OSArray;
class OSString;

/// Symbols to objects, in the order in which the keys came.
class OSDictionary : public OSCollection {
    OSDeclareDefaultStructors(OSDictionary)

public:
    static OSDictionary *withCapacity(unsigned int capacity);
    static OSDictionary *withDictionary(const OSDictionary *dictionary, unsigned int capacity = 0);
    virtual bool initWithCapacity(unsigned int capacity);
    void free() override;

    unsigned int getCount() const override;
    void flushCollection() override;
    virtual bool setObject(const OSString *key, const OSMetaClassBase *object);
    virtual bool setObject(const char *key, const OSMetaClassBase *object);
    virtual void removeObject(const OSString *key);
    virtual void removeObject(const char *key);
    virtual bool merge(const OSDictionary *other);
    virtual OSObject *getObject(const OSString *key) const;
    virtual OSObject *getObject(const char *key) const;

protected:
    OSObject *iterated(unsigned int index) const override;

private:
    unsigned int find(const char *key) const;
    OSArray *keys;
    OSArray *values;
};
