// Writes labels from a queue of jobs.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>
#include <libkern/c++/OSSharedPtr.h>

class LabelJob : public OSObject {
    OSDeclareDefaultStructors(LabelJob)

public:
    /// The caller releases it.
    static LabelJob *withCopies(uint32_t copies);
    uint32_t copies;
};

class LabelWriter : public IOService {
    OSDeclareDefaultStructors(LabelWriter)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    bool enqueue(uint32_t copies);
    uint32_t pending() const;

    OSSharedPtr<OSArray> queue;
    OSSharedPtr<LabelJob> current;
};

OSDefineMetaClassAndStructors(LabelJob, OSObject)
OSDefineMetaClassAndStructors(LabelWriter, IOService)

LabelJob *LabelJob::withCopies(uint32_t copies)
{
    LabelJob *job = OSTypeAlloc(LabelJob);
    if (job && !job->init())
        OSSafeReleaseNULL(job);
    if (job)
        job->copies = copies;
    return job;
}

bool LabelWriter::enqueue(uint32_t copies)
{
    OSSharedPtr<LabelJob> job(LabelJob::withCopies(copies), OSNoRetain);
    return job && queue->setObject(job.get());
}

uint32_t LabelWriter::pending() const
{
    uint32_t labels = current->copies;
    for (unsigned i = 0; i < queue->getCount(); i++)
        labels += OSDynamicCast(LabelJob, queue->getObject(i))->copies;
    return labels;
}

bool LabelWriter::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    queue.reset(OSArray::withCapacity(4), OSNoRetain);
    current.reset(LabelJob::withCopies(1), OSRetain); // fault
    if (!queue || !current || !enqueue(3) || !enqueue(5))
        return false;
    setProperty("Pending", pending(), 32);
    registerService();
    return true;
}

void LabelWriter::stop(IOService *provider)
{
    current.reset();
    queue.reset();
    IOService::stop(provider);
}
