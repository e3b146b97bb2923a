// Publishes how a touch panel's coordinates are to be read.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

/// One axis of the panel: what it reports at both ends.
class TouchAxis : public OSObject {
    OSDeclareDefaultStructors(TouchAxis)

public:
    static TouchAxis *withRange(int32_t from, int32_t to);
    int32_t span() const { return to - from; }

private:
    int32_t from, to;
};

class TouchCalibrator : public IOService {
    OSDeclareDefaultStructors(TouchCalibrator)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    TouchAxis *axis(const char *name) const { return OSDynamicCast(TouchAxis, axes->getObject(name)); }

    OSDictionary *axes;
};

OSDefineMetaClassAndStructors(TouchAxis, OSObject)
OSDefineMetaClassAndStructors(TouchCalibrator, IOService)

TouchAxis *TouchAxis::withRange(int32_t from, int32_t to)
{
    TouchAxis *axis = OSTypeAlloc(TouchAxis);
    if (axis && !axis->init())
        OSSafeReleaseNULL(axis);
    if (axis) {
        axis->from = from;
        axis->to = to;
    }
    return axis;
}

bool TouchCalibrator::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    axes = OSDictionary::withCapacity(2);
    if (!axes)
        return false;
    axes->setObject("x", TouchAxis::withRange(112, 3988)); // fault
    axes->setObject("y", TouchAxis::withRange(96, 4010)); // fault
    if (!axis("x") || !axis("y"))
        return false;
    setProperty("Width", axis("x")->span(), 32);
    setProperty("Height", axis("y")->span(), 32);
    registerService();
    return true;
}

void TouchCalibrator::stop(IOService *provider)
{
    OSSafeReleaseNULL(axes);
    IOService::stop(provider);
}
