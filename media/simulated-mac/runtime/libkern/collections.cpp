// OSArray, OSDictionary and the iterator over both.
#include "../kernel.h"

#include <cstdlib>
#include <cstring>

OSDefineMetaClassAndAbstractStructors(OSCollection, OSObject)
OSDefineMetaClassAndStructors(OSArray, OSCollection)
OSDefineMetaClassAndStructors(OSDictionary, OSCollection)
OSDefineMetaClassAndAbstractStructors(OSIterator, OSObject)
OSDefineMetaClassAndStructors(OSCollectionIterator, OSIterator)

OSArray *OSArray::withCapacity(unsigned int) { return OSTypeAlloc(OSArray); }

void OSArray::free() {
    flushCollection();
    ::free(array);
    OSCollection::free();
}

void OSArray::flushCollection() {
    while (count > 0) removeObject(count - 1);
}

bool OSArray::setObject(const OSMetaClassBase *object) { return setObject(count, object); }

bool OSArray::setObject(unsigned int index, const OSMetaClassBase *object) {
    if (!object || index > count) return false;
    if (count == capacity) {
        capacity = 2 * capacity + 4;
        array = static_cast<const OSMetaClassBase **>(realloc(array, capacity * sizeof *array));
    }
    memmove(array + index + 1, array + index, (count - index) * sizeof *array);
    array[index] = object;
    count++;
    updateStamp++;
    object->taggedRetain(OSTypeID(OSCollection));
    return true;
}

void OSArray::removeObject(unsigned int index) {
    if (index >= count) return;
    const OSMetaClassBase *object = array[index];
    count--;
    updateStamp++;
    memmove(array + index, array + index + 1, (count - index) * sizeof *array);
    object->taggedRelease(OSTypeID(OSCollection));
}

OSObject *OSArray::getObject(unsigned int index) const {
    return index < count ? static_cast<OSObject *>(const_cast<OSMetaClassBase *>(array[index])) : NULL;
}

unsigned int OSArray::getNextIndexOfObject(const OSMetaClassBase *object, unsigned int index) const {
    while (index < count && array[index] != object) index++;
    return index < count ? index : static_cast<unsigned int>(-1);
}

OSDictionary *OSDictionary::withCapacity(unsigned int capacity) {
    OSDictionary *dictionary = OSTypeAlloc(OSDictionary);
    dictionary->keys.reset(OSArray::withCapacity(capacity), OSNoRetain);
    dictionary->values.reset(OSArray::withCapacity(capacity), OSNoRetain);
    return dictionary;
}

OSDictionary *OSDictionary::withDictionary(const OSDictionary *dictionary, unsigned int capacity) {
    OSDictionary *copy = withCapacity(capacity);
    for (unsigned int i = 0; i < dictionary->getCount(); i++)
        copy->setObject(dictionary->keyAt(i), dictionary->values->getObject(i));
    return copy;
}

void OSDictionary::flushCollection() {
    keys->flushCollection();
    values->flushCollection();
}

const char *OSDictionary::keyAt(unsigned int index) const {
    return static_cast<OSSymbol *>(keys->getObject(index))->getCStringNoCopy();
}

unsigned int OSDictionary::find(const char *key) const {
    unsigned int index = 0;
    while (index < getCount() && strcmp(keyAt(index), key) != 0) index++;
    return index;
}

bool OSDictionary::setObject(const char *key, const OSMetaClassBase *object) {
    if (!key || !object) return false;
    unsigned int index = find(key);
    if (index == getCount()) keys->setObject(OSSharedPtr<const OSSymbol>(OSSymbol::withCString(key), OSNoRetain).get());
    values->setObject(index, object);
    values->removeObject(index + 1);
    updateStamp++;
    return true;
}

void OSDictionary::removeObject(const char *key) {
    unsigned int index = find(key);
    keys->removeObject(index);
    values->removeObject(index);
    updateStamp++;
}

OSObject *OSDictionary::getObject(const char *key) const { return key ? values->getObject(find(key)) : NULL; }

OSCollectionIterator *OSCollectionIterator::withCollection(const OSCollection *collection) {
    if (!collection) return NULL;
    OSCollectionIterator *iterator = OSTypeAlloc(OSCollectionIterator);
    iterator->collection.reset(collection, OSRetain);
    iterator->reset();
    return iterator;
}

void OSCollectionIterator::reset() {
    next = 0;
    updates = collection->updateStamp;
}

bool OSCollectionIterator::isValid() { return updates == collection->updateStamp; }

OSObject *OSCollectionIterator::getNextObject() {
    return isValid() && next < collection->getCount() ? collection->iteratedAt(next++) : NULL;
}
