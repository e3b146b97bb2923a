// What collections have in common. They retain what they hold under OSCollection's own tag.
#pragma once

#include <libkern/c++/OSObject.h>

class OSCollection : public OSObject {
    OSDeclareAbstractStructors(OSCollection)

public:
    virtual unsigned int getCount() const = 0;
    virtual void flushCollection() = 0;

protected:
    friend class OSCollectionIterator;
    /// What an iterator yields at `index`: an array's object, a dictionary's key.
    virtual OSObject *iterated(unsigned int index) const = 0;
    /// Counts changes, so that an iterator notices that it is no longer valid.
    unsigned int updateStamp;
    void haveUpdated() { updateStamp++; }
};
