#pragma once

#include <libkern/c++/OSArray.h>

/// Symbols to objects, in the order in which the keys came.
class OSDictionary : public OSCollection {
    OSDeclareDefaultStructors(OSDictionary)

public:
    static OSDictionary *withCapacity(unsigned int capacity);
    static OSDictionary *withDictionary(const OSDictionary *dictionary, unsigned int capacity = 0);

    unsigned int getCount() const override { return keys->getCount(); }
    void flushCollection() override;
    bool setObject(const OSString *key, const OSMetaClassBase *object) {
        return key && setObject(key->getCStringNoCopy(), object);
    }
    virtual bool setObject(const char *key, const OSMetaClassBase *object);
    void removeObject(const OSString *key) { removeObject(key->getCStringNoCopy()); }
    virtual void removeObject(const char *key);
    OSObject *getObject(const OSString *key) const { return getObject(key->getCStringNoCopy()); }
    virtual OSObject *getObject(const char *key) const;

KERNEL_PRIVATE:
    OSObject *iteratedAt(unsigned int index) const override { return keys->getObject(index); }
    unsigned int find(const char *key) const;
    const char *keyAt(unsigned int index) const;
    OSSharedPtr<OSArray> keys;
    OSSharedPtr<OSArray> values;
};
