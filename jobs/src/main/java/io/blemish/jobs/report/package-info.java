/**
 * The static report: questions to the warehouse, plain values, and pages made of them.
 *
 * <ol>
 *   <li>{@link io.blemish.jobs.report.Subjects} finds the encoder and the knowledge base whose inspections are meant.
 *   <li>{@link io.blemish.jobs.report.Survey} asks the warehouse: counts along every dimension ({@code Cells}), and the
 *       photographs of the gallery ({@code GalleryQuery}, {@code Gallery}, {@code GalleryPictures}), the trends
 *       ({@code TrendsQuery}) and photographs that show what they are about ({@code EvidenceQuery}).
 *   <li>{@link io.blemish.jobs.report.Findings} holds the answers.
 *   <li>{@link io.blemish.jobs.report.Page} makes the pages of them ({@code IndexPage}, {@code DefectPage}), one class a
 *       section. {@code Html} is the only way to markup: it escapes every text, and refuses to lead out of the report.
 *   <li>{@link io.blemish.jobs.report.ReportFolder} writes them.
 * </ol>
 */
package io.blemish.jobs.report;
