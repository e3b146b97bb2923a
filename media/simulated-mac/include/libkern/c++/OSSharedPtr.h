// A pointer that owns one reference.
#pragma once

#include <libkern/c++/OSMetaClass.h>

struct OSRetainTag {};
struct OSNoRetainTag {};

/// Takes a reference of its own.
inline constexpr OSRetainTag OSRetain = {};
/// Adopts the reference that the caller owns.
inline constexpr OSNoRetainTag OSNoRetain = {};

template <typename T> class OSSharedPtr {
public:
    OSSharedPtr() = default;
    OSSharedPtr(decltype(nullptr)) {}
    OSSharedPtr(T *object, OSRetainTag) : pointer(object) { retain(); }
    OSSharedPtr(T *object, OSNoRetainTag) : pointer(object) {}
    OSSharedPtr(const OSSharedPtr &other) : pointer(other.pointer) { retain(); }
    OSSharedPtr(OSSharedPtr &&other) : pointer(other.detach()) {}
    template <typename U> OSSharedPtr(OSSharedPtr<U> other) : pointer(other.detach()) {}
    ~OSSharedPtr() { OSSafeRelease(pointer); }

    OSSharedPtr &operator=(OSSharedPtr other) {
        swap(other);
        return *this;
    }

    T *get() const { return pointer; }
    T *operator->() const { return pointer; }
    T &operator*() const { return *pointer; }
    explicit operator bool() const { return pointer != nullptr; }
    template <typename U> bool operator==(const OSSharedPtr<U> &other) const { return pointer == other.get(); }
    template <typename U> bool operator!=(const OSSharedPtr<U> &other) const { return pointer != other.get(); }
    bool operator==(const T *other) const { return pointer == other; }
    bool operator!=(const T *other) const { return pointer != other; }

    void reset() { OSSharedPtr().swap(*this); }
    void reset(T *object, OSRetainTag tag) { OSSharedPtr(object, tag).swap(*this); }
    void reset(T *object, OSNoRetainTag tag) { OSSharedPtr(object, tag).swap(*this); }

    /// Gives the reference up to the caller.
    T *detach() {
        T *object = pointer;
        pointer = nullptr;
        return object;
    }

    void swap(OSSharedPtr &other) {
        T *object = pointer;
        pointer = other.pointer;
        other.pointer = object;
    }

private:
    void retain() {
        if (pointer)
            pointer->retain();
    }

    T *pointer = nullptr;
};

template <typename T> OSSharedPtr<T> OSMakeShared() { return OSSharedPtr<T>(OSTypeAlloc(T), OSNoRetain); }

template <typename To, typename From> OSSharedPtr<To> OSDynamicPtrCast(const OSSharedPtr<From> &from) {
    return OSSharedPtr<To>(OSDynamicCast(To, from.get()), OSRetain);
}
